package holdfast.simulator;

/// A management or workload domain.
///
/// @param type          MANAGEMENT, VI
/// @param status        ACTIVE, DEACTIVATING …
/// @param ssoDomain     for example `vsphere.local`
/// @param managementSso whether it has joined the management domain's SSO
public record WorkloadDomain(
        String id,
        String name,
        String type,
        String status,
        String ssoDomain,
        boolean managementSso,
        String vcenter,
        String nsx) {
    public WorkloadDomain withStatus(String other) {
        return new WorkloadDomain(id, name, type, other, ssoDomain, managementSso, vcenter, nsx);
    }
}
