package holdfast.administration;

import holdfast.tenancy.Quotas;
import holdfast.tenancy.Tenant;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/// What the routes of tenants answer, member by member as `openapi.yaml` says.
final class TenantViews {
    private TenantViews() {}

    static TenantView tenant(Tenant tenant) {
        var rules = tenant.rules();
        return new TenantView(
                tenant.id().value(),
                tenant.name(),
                tenant.tier().name(),
                tenant.status().name(),
                tenant.created(),
                tenant.updated(),
                new RulesView(
                        rules.backends(),
                        rules.addresses(),
                        rules.sharing(),
                        rules.autoRotation(),
                        rules.caching()),
                tenant.metadata().entries(),
                tenant.version());
    }

    static UseView use(Quotas.Use use) {
        return new UseView(use.quota().name(), use.used(), boxed(use.limit()), use.overridden());
    }

    private static Optional<Long> boxed(OptionalLong value) {
        return value.isPresent() ? Optional.of(value.getAsLong()) : Optional.empty();
    }

    record RulesView(
            List<String> backends,
            List<String> addresses,
            boolean sharing,
            boolean autoRotation,
            boolean caching) {}

    record TenantView(
            UUID id,
            String name,
            String tier,
            String status,
            Instant created,
            Instant updated,
            RulesView rules,
            Map<String, String> metadata,
            long version) {}

    /// @param limit absent for no limit
    record UseView(String quota, long used, Optional<Long> limit, boolean overridden) {}

    record UsesView(List<UseView> items, long total) {}

    /// @param day for example `2026-01-31`, UTC
    record DayView(String day, Map<String, Long> measures) {}

    record UsageView(List<UseView> quotas, List<DayView> days) {}

    record MemberView(
            UUID user,
            Optional<String> username,
            String role,
            Instant added,
            UUID addedBy,
            Optional<Instant> expires,
            Map<String, String> metadata) {}
}
