package holdfast.vault;

import holdfast.kernel.SecretBytes;
import holdfast.secret.Content;
import holdfast.secret.Details;
import holdfast.secret.Secret;
import holdfast.secret.SecretName;
import holdfast.secret.Upkeep;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// What requests bring and answers carry, as JSON.
final class Bodies {
    private Bodies() {}

    /// A secret to be made.
    record Create(
            String service,
            String account,
            Optional<SecretBytes> value,
            Optional<SecretBytes> valueBase64,
            Optional<String> notes,
            Optional<List<String>> tags,
            Optional<Map<String, Object>> metadata,
            Optional<Instant> expires,
            Optional<Upkeep.OnExpiry> onExpiry,
            Optional<Integer> keepVersions,
            Optional<Integer> keepDays) {
        SecretName name() {
            return new SecretName(service, account);
        }

        /// @throws holdfast.kernel.Refusal INVALID, TOO_LARGE
        Secrets.Draft draft() {
            try {
                var details =
                        new Details(
                                notes.orElse(""),
                                tags.orElse(List.of()),
                                metadata.orElse(Map.of()));
                var upkeep =
                        new Upkeep(
                                expires,
                                onExpiry.orElse(Upkeep.USUAL.onExpiry()),
                                keepVersions.orElse(Upkeep.USUAL.keepVersions()),
                                keepDays);
                return new Secrets.Draft(name(), Content.of(value, valueBase64), details, upkeep);
            } catch (RuntimeException refused) {
                close();
                throw refused;
            }
        }

        void close() {
            value.ifPresent(SecretBytes::close);
            valueBase64.ifPresent(SecretBytes::close);
        }
    }

    /// A new value.
    record Put(
            Optional<SecretBytes> value,
            Optional<SecretBytes> valueBase64,
            Optional<String> change,
            Optional<Integer> expectedVersion) {
        /// @throws holdfast.kernel.Refusal INVALID, TOO_LARGE
        Secrets.NewValue value(String why) {
            return new Secrets.NewValue(Content.of(value, valueBase64), why);
        }
    }

    record RollBack(int version, Optional<String> change, Optional<Integer> expectedVersion) {}

    /// A value that leaves.
    record Revealed(
            UUID id,
            int version,
            boolean current,
            Content.Kind kind,
            Optional<SecretBytes> value,
            Optional<SecretBytes> valueBase64) {
        static Revealed of(Secrets.Opened.Value opened) {
            return new Revealed(
                    opened.id(),
                    opened.version(),
                    opened.current(),
                    opened.content().kind(),
                    opened.content().text(),
                    opened.content().base64());
        }
    }

    record Folders(List<Secrets.Folder> items, int total) {}

    record Versions(List<Secret.Version> items, int total) {}
}
