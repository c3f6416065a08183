package holdfast.server;

import holdfast.kernel.TenantId;
import java.util.OptionalLong;

/// What a tenant may ask for. Asked before every counted request of somebody who signed in: must not wait.
public interface Allowance {
    /// No limits, nothing noted.
    Allowance FREE =
            new Allowance() {
                @Override
                public OptionalLong callsPerHour(TenantId tenant) {
                    return OptionalLong.empty();
                }

                @Override
                public void called(TenantId tenant, String area) {
                    // nobody counts
                }
            };

    /// {@return the most calls in a sliding hour; empty for no limit}
    OptionalLong callsPerHour(TenantId tenant);

    /// Is told of every call that was let in.
    ///
    /// @param area the second segment of the path, for example `environments`
    void called(TenantId tenant, String area);
}
