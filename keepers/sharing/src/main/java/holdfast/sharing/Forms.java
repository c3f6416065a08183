package holdfast.sharing;

import holdfast.http.Queries;
import holdfast.http.Request;
import holdfast.kernel.Principal;
import holdfast.kernel.Problem;
import holdfast.kernel.SecretBytes;
import holdfast.kernel.TenantId;
import holdfast.secret.Content;
import holdfast.tenancy.Metadata;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What requests bring and answers carry, as JSON.
final class Forms {
    private Forms() {}

    /// Whom to share with.
    ///
    /// @param kind USER, MACHINE, ROLE or TENANT
    /// @param id   of a user, machine or tenant
    /// @param username of a user or machine, in the place of its id
    /// @param role its name
    record With(
            Share.Kind kind, Optional<UUID> id, Optional<String> username, Optional<String> role) {
        Shares.Receiver receiver() {
            return switch (kind) {
                case USER, MACHINE -> {
                    var of = Principal.Kind.valueOf(kind.name());
                    yield username.<Shares.Receiver>map(
                                    name -> new Shares.Receiver.Named(of, name.strip()))
                            .orElseGet(() -> new Shares.Receiver.One(of, required(id, "/with/id")));
                }
                case ROLE -> new Shares.Receiver.Holders(required(role, "/with/role"));
                case TENANT -> new Shares.Receiver.Tenant(new TenantId(required(id, "/with/id")));
                case SERVICE ->
                        throw Receivers.invalid(
                                "/with/kind", "not-one-of", "USER, MACHINE, ROLE or TENANT");
            };
        }

        private static <T> T required(Optional<T> value, String pointer) {
            return value.orElseThrow(() -> Receivers.invalid(pointer, "required", "is missing"));
        }
    }

    record Give(
            With with,
            Level permission,
            Optional<Instant> expires,
            Optional<Map<String, String>> metadata) {
        Shares.Offer offer() {
            return new Shares.Offer(
                    with.receiver(),
                    new Shares.Terms(permission, expires),
                    new Metadata(metadata.orElse(Map.of())));
        }
    }

    record Change(Level permission, Optional<Instant> expires) {
        Shares.Terms terms() {
            return new Shares.Terms(permission, expires);
        }
    }

    /// A new value.
    record Put(
            Optional<SecretBytes> value,
            Optional<SecretBytes> valueBase64,
            Optional<String> change,
            Optional<Integer> expectedVersion) {}

    record RollBack(int version, Optional<String> change, Optional<Integer> expectedVersion) {}

    record Versions(List<SharedSecrets.Version> items, int total) {
        Versions {
            items = List.copyOf(items);
        }
    }

    /// A value that leaves.
    record Revealed(
            int version,
            Content.Kind kind,
            Optional<SecretBytes> value,
            Optional<SecretBytes> valueBase64) {}

    static Shares.Direction direction(Request request) {
        var text = Queries.oneOf(request, "direction", Set.of("given", "received"), "received");
        return Shares.Direction.valueOf(text.toUpperCase(Locale.ROOT));
    }

    static ShareQuery query(Request request) {
        return new ShareQuery(
                Queries.text(request),
                Queries.choices(request, "permission", Level.class),
                Queries.choices(request, "status", Share.State.class),
                request.query("cursor").map(Forms::cursor),
                Queries.limit(request));
    }

    private static UUID cursor(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException _) {
            throw Problem.MALFORMED.because("the cursor is not one of this list");
        }
    }
}
