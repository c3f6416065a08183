package holdfast.tenancy;

/// What a tenant may use so much of and no more.
public enum Quota {
    /// Secrets and credentials that are kept.
    CREDENTIALS("secrets"),
    /// People and machines that belong to the tenant.
    USERS("users"),
    /// Bytes of values and files.
    STORAGE_BYTES("bytes"),
    /// Calls of the API in a sliding hour; counted in memory, not in the database.
    API_CALLS("calls an hour");

    private final String unit;

    Quota(String unit) {
        this.unit = unit;
    }

    String unit() {
        return unit;
    }
}
