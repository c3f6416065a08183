package holdfast.administration;

import holdfast.kernel.TenantId;
import holdfast.tenancy.Quota;
import holdfast.tenancy.Rules;
import holdfast.tenancy.Tenant;
import holdfast.tenancy.Tier;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/// What platform administrators send.
final class TenantForms {
    private TenantForms() {}

    record RulesForm(
            Optional<List<String>> backends,
            Optional<List<String>> addresses,
            Optional<Boolean> sharing,
            Optional<Boolean> autoRotation,
            Optional<Boolean> caching) {
        Rules rules() {
            return new Rules(
                    texts("/rules/backends", backends),
                    texts("/rules/addresses", addresses),
                    sharing.orElse(true),
                    autoRotation.orElse(true),
                    caching.orElse(true));
        }

        private static List<String> texts(String pointer, Optional<List<String>> values) {
            var all = values.orElse(List.of());
            if (all.stream().anyMatch(Objects::isNull)) { // JSON may say null
                throw AccessForms.bad(pointer, "malformed", "texts");
            }
            return all;
        }
    }

    record TenantForm(
            String name,
            Tier tier,
            Optional<RulesForm> rules,
            Optional<Map<String, String>> metadata) {
        Tenant tenant(UUID id, Instant now) {
            return new Tenant(
                    new TenantId(id),
                    name,
                    tier,
                    Tenant.Status.ACTIVE,
                    now,
                    now,
                    rules.map(RulesForm::rules).orElse(Rules.USUAL),
                    AccessForms.noted(metadata),
                    1);
        }
    }

    record TenantChange(
            Tier tier, Optional<RulesForm> rules, Optional<Map<String, String>> metadata) {
        Tenant applied(Tenant stored, Instant now) {
            return stored.with(
                    tier,
                    stored.status(),
                    rules.map(RulesForm::rules).orElse(Rules.USUAL),
                    AccessForms.noted(metadata),
                    now);
        }
    }

    /// @param limit absent for no limit
    record LimitForm(Quota quota, Optional<Long> limit) {}

    /// @param limits a quota that is not named goes back to the tier
    record LimitsForm(List<LimitForm> limits) {
        Map<Quota, OptionalLong> byQuota() {
            var all = new EnumMap<Quota, OptionalLong>(Quota.class);
            for (int i = 0; i < limits.size(); i++) {
                var one = limits.get(i);
                if (one == null) { // JSON may say null
                    throw AccessForms.bad("/limits/" + i, "malformed", "an object");
                }
                if (one.limit().filter(most -> most < 0).isPresent()) {
                    throw AccessForms.bad("/limits/" + i + "/limit", "out-of-range", "0 or more");
                }
                all.put(
                        one.quota(),
                        one.limit().map(OptionalLong::of).orElse(OptionalLong.empty()));
            }
            return all;
        }
    }

    record MemberForm(
            String username,
            String role,
            Optional<Instant> expires,
            Optional<Map<String, String>> metadata) {}
}
