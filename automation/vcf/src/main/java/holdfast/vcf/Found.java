package holdfast.vcf;

import holdfast.kernel.SecretBytes;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One credential as a source told it. Whoever holds it closes the value.
///
/// @param externalId the source's own stable key
/// @param value      empty when the source did not tell it (absent, blank or masked)
public record Found(
        String externalId,
        Account account,
        String resourceIp,
        String accountType,
        List<String> domains,
        Optional<SecretBytes> value,
        Validity validity,
        Optional<Instant> changedAtSource)
        implements AutoCloseable {
    /// What people know it by. The same account in another source, or under another id, has the same.
    public record Account(
            String resourceType, String resourceName, String credentialType, String username) {
        /// {@return the form in which case does not count}
        public Account folded() {
            return new Account(
                    resourceType.toUpperCase(Locale.ROOT),
                    resourceName.toLowerCase(Locale.ROOT),
                    credentialType.toUpperCase(Locale.ROOT),
                    username.toLowerCase(Locale.ROOT));
        }
    }

    /// How long it is good for.
    ///
    /// @param expires      empty when unknown; [Instant#MAX] for never
    /// @param connectivity `ACTIVE`, `ERROR`, `UNKNOWN` or empty
    public record Validity(
            Optional<Instant> expires,
            Optional<Instant> checked,
            String connectivity,
            Optional<Integer> rotateDays,
            Optional<Instant> nextRotation) {
        public static final Validity UNKNOWN =
                new Validity(
                        Optional.empty(), Optional.empty(), "", Optional.empty(), Optional.empty());

        public boolean isUnknown() {
            return expires.isEmpty() && (connectivity.isEmpty() || connectivity.equals("UNKNOWN"));
        }
    }

    public Found {
        domains = List.copyOf(domains);
    }

    Found with(Validity other) {
        return new Found(
                externalId,
                account,
                resourceIp,
                accountType,
                domains,
                value,
                other,
                changedAtSource);
    }

    @Override
    public void close() {
        value.ifPresent(SecretBytes::close);
    }
}
