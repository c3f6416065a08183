package holdfast.vcf;

/// The kinds of appliances that credentials come from.
public enum SourceKind {
    /// Bring-up passwords, as they were when the site was deployed.
    INSTALLER("installer", "VCF Installer", "VcfInstaller"),
    /// Passwords as they are now.
    SDDC_MANAGER("sddcManager", "SDDC Manager", "SddcManager");

    private final String member;
    private final String title;
    private final String role;

    SourceKind(String member, String title, String role) {
        this.member = member;
        this.title = title;
        this.role = role;
    }

    /// {@return what a JSON document calls it}
    public String member() {
        return member;
    }

    /// {@return what people call it}
    public String title() {
        return title;
    }

    /// {@return the role that such an appliance names itself}
    String role() {
        return role;
    }
}
