package holdfast.estate;

import holdfast.comparison.Drift;
import holdfast.comparison.Kept;
import holdfast.vcf.SourceKind;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/// Which credentials a list, an export or a count is about, and in which order. An empty set of wanted values means any.
///
/// @param text   part of resource, user, type, address or domain; case does not count
/// @param states empty for those that are present
public record CredentialQuery(
        Optional<String> text,
        Set<String> resourceTypes,
        Set<String> credentialTypes,
        Set<String> accountTypes,
        Set<String> domains,
        Set<SourceKind> sources,
        Set<Kept.State> states,
        Set<Drift> drift,
        Set<Kept.ExpiryState> expiry,
        Sort sort,
        boolean descending) {
    /// Everything that is present, by name of the resource.
    public static final CredentialQuery ALL =
            new CredentialQuery(
                    Optional.empty(),
                    Set.of(),
                    Set.of(),
                    Set.of(),
                    Set.of(),
                    Set.of(),
                    Set.of(),
                    Set.of(),
                    Set.of(),
                    Sort.RESOURCE_NAME,
                    false);

    public CredentialQuery {
        resourceTypes = Set.copyOf(resourceTypes);
        credentialTypes = Set.copyOf(credentialTypes);
        accountTypes = Set.copyOf(accountTypes);
        domains = Set.copyOf(domains);
        sources = Set.copyOf(sources);
        states = states.isEmpty() ? Set.of(Kept.State.PRESENT) : Set.copyOf(states);
        drift = Set.copyOf(drift);
        expiry = Set.copyOf(expiry);
    }

    /// {@return the same credentials in another order}
    public CredentialQuery by(Sort other) {
        return new CredentialQuery(
                text,
                resourceTypes,
                credentialTypes,
                accountTypes,
                domains,
                sources,
                states,
                drift,
                expiry,
                other,
                false);
    }

    /// {@return those of the same credentials whose end is in `state`}
    public CredentialQuery ending(Kept.ExpiryState state) {
        return new CredentialQuery(
                text,
                resourceTypes,
                credentialTypes,
                accountTypes,
                domains,
                sources,
                states,
                drift,
                Set.of(state),
                sort,
                descending);
    }

    /// {@return whether every present one is meant}
    public boolean isEverything() {
        return text.isEmpty()
                && resourceTypes.isEmpty()
                && credentialTypes.isEmpty()
                && accountTypes.isEmpty()
                && domains.isEmpty()
                && sources.isEmpty()
                && drift.isEmpty()
                && expiry.isEmpty()
                && states.equals(Set.of(Kept.State.PRESENT));
    }

    /// {@return the filter as the ledger names it}
    public String words() {
        if (isEverything()) {
            return "all";
        }
        var words = new TreeMap<String, String>();
        text().ifPresent(text -> words.put("q", text));
        words.put("resourceType", String.join(",", resourceTypes()));
        words.put("credentialType", String.join(",", credentialTypes()));
        words.put("accountType", String.join(",", accountTypes()));
        words.put("domain", String.join(",", domains()));
        words.put("source", sources().toString());
        words.put("state", states().toString());
        words.put("drift", drift().toString());
        words.put("expiry", expiry().toString());
        words.values().removeIf(value -> value.isEmpty() || value.equals("[]"));
        return words.toString();
    }

    /// The orders there are.
    public enum Sort {
        RESOURCE_NAME("resourceName", "resource_folded", false),
        RESOURCE_TYPE("resourceType", "resource_type", false),
        USERNAME("username", "username_folded", false),
        CREDENTIAL_TYPE("credentialType", "credential_type", false),
        ACCOUNT_TYPE("accountType", "account_type", false),
        DOMAIN("domain", "domains", false),
        SOURCE("source", "source", false),
        EXPIRES("expires", "expires", true),
        CHANGED("changed", "changed", true),
        /// By domain and component, for files with folders; no request can ask for it.
        FOLDER("", "domains, c.resource_type", false);

        private final String member;
        private final String column;
        private final boolean number;

        Sort(String member, String column, boolean number) {
            this.member = member;
            this.column = column;
            this.number = number;
        }

        /// {@return what a request calls it}
        public String member() {
            return member;
        }

        /// {@return the column that holds it}
        public String column() {
            return column;
        }

        public boolean isNumber() {
            return number;
        }
    }

    /// Which part of the list: from `offset`, or after a row of an earlier window.
    ///
    /// @param limit 1 to 1,000
    public record Window(int offset, Optional<After> after, int limit) {
        /// {@return one row more, which tells whether the list goes on}
        public Window andOne() {
            return new Window(offset, after, limit + 1);
        }
    }

    /// The last row of the window before.
    ///
    /// @param value what it was sorted by
    public record After(String value, UUID id) {}
}
