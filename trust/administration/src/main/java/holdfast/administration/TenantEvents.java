package holdfast.administration;

import holdfast.kernel.TenantId;
import holdfast.ledger.Event;
import holdfast.tenancy.Quota;
import holdfast.tenancy.Tenant;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;

/// What the ledger is told of tenants: their life in the ledger of the platform's own tenant, their people in their own.
sealed interface TenantEvents extends Event {
    record Made(Tenant tenant) implements TenantEvents {}

    record Changed(Tenant tenant) implements TenantEvents {}

    record Limited(TenantId tenant, Map<Quota, OptionalLong> limits) implements TenantEvents {}

    record Suspended(Tenant tenant) implements TenantEvents {}

    record Activated(Tenant tenant) implements TenantEvents {}

    /// Somebody asked for the deletion; nobody is served from here on.
    record DeletionBegun(Tenant tenant) implements TenantEvents {}

    /// The keys are destroyed.
    ///
    /// @param keys    how many were destroyed in this run
    /// @param receipt signed with the key of the ledger's heads, to be kept elsewhere
    record Shredded(TenantId tenant, String name, int keys, String receipt)
            implements TenantEvents {}

    record MemberAdded(UUID user, String role, Optional<Instant> expires) implements TenantEvents {}

    record MemberRemoved(UUID user) implements TenantEvents {}

    @Override
    default String action() {
        return switch (this) {
            case Made _ -> "tenant.create";
            case Changed _ -> "tenant.update";
            case Limited _ -> "tenant.limit";
            case Suspended _ -> "tenant.suspend";
            case Activated _ -> "tenant.activate";
            case DeletionBegun _ -> "tenant.delete";
            case Shredded _ -> "tenant.shred";
            case MemberAdded _ -> "member.add";
            case MemberRemoved _ -> "member.remove";
        };
    }

    @Override
    default String resource() {
        return switch (this) {
            case Made(var tenant) -> resource(tenant.id());
            case Changed(var tenant) -> resource(tenant.id());
            case Limited(var tenant, _) -> resource(tenant);
            case Suspended(var tenant) -> resource(tenant.id());
            case Activated(var tenant) -> resource(tenant.id());
            case DeletionBegun(var tenant) -> resource(tenant.id());
            case Shredded(var tenant, _, _, _) -> resource(tenant);
            case MemberAdded(var user, _, _) -> "user/" + user;
            case MemberRemoved(var user) -> "user/" + user;
        };
    }

    @Override
    default Map<String, Object> body() {
        return switch (this) {
            case Made(var tenant) -> body(tenant);
            case Changed(var tenant) -> body(tenant);
            case Limited(_, var limits) -> {
                var body = new TreeMap<String, Object>();
                limits.forEach((quota, most) ->
                        body.put(quota.name(), most.isPresent() ? most.getAsLong() : "unlimited"));
                yield Map.of("limits", body);
            }
            case Suspended(var tenant) -> Map.of("name", tenant.name());
            case Activated(var tenant) -> Map.of("name", tenant.name());
            case DeletionBegun(var tenant) -> Map.of("name", tenant.name());
            case Shredded(_, var name, var keys, var receipt) ->
                    Map.of(
                            "name",
                            name,
                            "keys",
                            keys,
                            "gone",
                            Shredding.GONE,
                            "stays",
                            Shredding.STAYS,
                            "receipt",
                            receipt);
            case MemberAdded(_, var role, var expires) -> {
                var body = new TreeMap<String, Object>(Map.of("role", role));
                expires.ifPresent(end -> body.put("expires", end.toString()));
                yield body;
            }
            case MemberRemoved _ -> Map.of();
        };
    }

    @Override
    default Severity severity() {
        return switch (this) {
            case Suspended _, DeletionBegun _, Shredded _ -> Severity.WARNING;
            default -> Severity.INFO;
        };
    }

    static String resource(TenantId tenant) {
        return "tenant/" + tenant;
    }

    private static Map<String, Object> body(Tenant tenant) {
        return Map.of(
                "name", tenant.name(),
                "tier", tenant.tier().name(),
                "version", tenant.version());
    }
}
