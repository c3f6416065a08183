package holdfast.infrastructure;

import holdfast.kernel.TenantId;

/// What a tenant may choose about this room; kept by the room of settings.
public interface Settings {
    /// What holds while nobody chose otherwise.
    Settings USUAL =
            new Settings() {
                @Override
                public int dueSoonDays(TenantId tenant) {
                    return 30;
                }

                @Override
                public int removalHoldPercent(TenantId tenant) {
                    return 30;
                }
            };

    /// {@return days before its end from which on a credential is "due soon"}
    int dueSoonDays(TenantId tenant);

    /// {@return the share of a source's credentials above which a loss waits for a person}
    int removalHoldPercent(TenantId tenant);
}
