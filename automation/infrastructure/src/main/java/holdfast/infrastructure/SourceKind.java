package holdfast.infrastructure;

/// Where credentials come from.
public enum SourceKind {
    /// Bring-up passwords, as they were when the site was deployed.
    INSTALLER("installer", "VCF Installer", "VcfInstaller", 0),
    /// Passwords as they are now.
    SDDC_MANAGER("sddcManager", "SDDC Manager", "SddcManager", 60);

    private final String member;
    private final String title;
    private final String role;
    private final int defaultMinutes;

    SourceKind(String member, String title, String role, int defaultMinutes) {
        this.member = member;
        this.title = title;
        this.role = role;
        this.defaultMinutes = defaultMinutes;
    }

    /// {@return the member of an environment in JSON}
    String member() {
        return member;
    }

    /// {@return what people call it}
    String title() {
        return title;
    }

    /// {@return the role that such an appliance names itself}
    String role() {
        return role;
    }

    int defaultMinutes() {
        return defaultMinutes;
    }
}
