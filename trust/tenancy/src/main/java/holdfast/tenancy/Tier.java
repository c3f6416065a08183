package holdfast.tenancy;

import java.util.OptionalLong;

/// What a tenant may use unless it was given more or less.
public enum Tier {
    FREE(10, 1, 1, 100),
    BASIC(100, 10, 10, 1_000),
    PROFESSIONAL(1_000, 25, 100, 10_000),
    /// No limits.
    ENTERPRISE(-1, -1, -1, -1);

    private final long credentials;
    private final long users;
    private final long mebibytes;
    private final long calls;

    Tier(long credentials, long users, long mebibytes, long calls) {
        this.credentials = credentials;
        this.users = users;
        this.mebibytes = mebibytes;
        this.calls = calls;
    }

    /// {@return the most; empty for no limit}
    public OptionalLong most(Quota quota) {
        if (this == ENTERPRISE) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(
                switch (quota) {
                    case CREDENTIALS -> credentials;
                    case USERS -> users;
                    case STORAGE_BYTES -> mebibytes << 20;
                    case API_CALLS -> calls;
                });
    }
}
