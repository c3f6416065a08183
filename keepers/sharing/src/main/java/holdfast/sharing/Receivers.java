package holdfast.sharing;

import holdfast.access.Permit;
import holdfast.kernel.FieldError;
import holdfast.kernel.Principal;
import holdfast.kernel.Refusal;
import holdfast.kernel.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Finds whom somebody names. Who is not of the tenant is not there; of other tenants nothing is told.
record Receivers(Ground ground) {
    /// @throws Refusal INVALID
    Share.Party find(Handle tx, Permit share, Shares.Receiver receiver) {
        var giver = share.principal();
        if (share.home().isPresent() && !(receiver instanceof Shares.Receiver.Tenant)) {
            throw invalid(
                    "/with/kind", "not-one-of", "what another tenant shares goes to a TENANT only");
        }
        return switch (receiver) {
            case Shares.Receiver.Named(var kind, var username) ->
                    member(tx, giver, kind, ground.people().named(tx, username), "/with/username");
            case Shares.Receiver.One(var kind, var id) ->
                    member(tx, giver, kind, Optional.of(id), "/with/id");
            case Shares.Receiver.Holders(var role) ->
                    new Share.Party(
                            Share.Kind.ROLE,
                            Optional.empty(),
                            ground.access().roles().named(tx, giver.tenant(), role).name());
            case Shares.Receiver.Tenant(TenantId id) -> {
                if (share.home().filter(id::equals).isPresent() || id.equals(giver.tenant())) {
                    throw invalid("/with/id", "own", "this is your own tenant, or the secret's");
                }
                yield new Share.Party(Share.Kind.TENANT, Optional.of(id.value()), "");
            }
        };
    }

    private Share.Party member(
            Handle tx, Principal giver, Principal.Kind kind, Optional<UUID> id, String pointer) {
        var found =
                id.filter(one -> ground.access().roles().isMember(tx, giver.tenant(), one))
                        .orElseThrow(() -> invalid(pointer, "unknown", "nobody here is called so"));
        if (found.equals(giver.id())) {
            throw invalid(pointer, "own", "this is you");
        }
        return new Share.Party(
                Share.Kind.valueOf(kind.name()),
                Optional.of(found),
                ground.people().name(tx, found).orElse(""));
    }

    static Refusal invalid(String pointer, String code, String detail) {
        return Refusal.of(List.of(FieldError.of(pointer, code, detail)));
    }
}
