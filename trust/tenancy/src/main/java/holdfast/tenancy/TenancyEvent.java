package holdfast.tenancy;

import holdfast.kernel.TenantId;
import holdfast.ledger.Event;
import java.util.Map;

/// What tenancy tells the ledger.
public sealed interface TenancyEvent extends Event {
    /// The use of a quota has reached 80 % of its limit.
    record QuotaNearlyUsed(TenantId tenant, Quota quota, long used, long limit)
            implements TenancyEvent {
        @Override
        public String action() {
            return "quota.warn";
        }

        @Override
        public String resource() {
            return "tenant/" + tenant;
        }

        @Override
        public Map<String, Object> body() {
            return Map.of("quota", quota.name(), "used", used, "limit", limit);
        }

        @Override
        public Severity severity() {
            return Severity.WARNING;
        }
    }
}
