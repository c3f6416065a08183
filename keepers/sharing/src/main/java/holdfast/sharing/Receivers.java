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
            case Shares.Receiver.Named(Principal.Kind kind, var name)
                    when kind == Principal.Kind.MACHINE ->
                    machine(
                            tx,
                            giver,
                            ground.people().machine(tx, giver.tenant(), name),
                            "/with/username");
            case Shares.Receiver.Named(_, var name) ->
                    member(tx, giver, ground.people().named(tx, name), "/with/username");
            case Shares.Receiver.One(Principal.Kind kind, var id)
                    when kind == Principal.Kind.MACHINE ->
                    machine(tx, giver, Optional.of(id), "/with/id");
            case Shares.Receiver.One(_, var id) -> member(tx, giver, Optional.of(id), "/with/id");
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

    private Share.Party member(Handle tx, Principal giver, Optional<UUID> id, String pointer) {
        var found =
                id.filter(one -> ground.access().roles().isMember(tx, giver.tenant(), one))
                        .orElseThrow(() -> invalid(pointer, "unknown", "nobody here is called so"));
        var name =
                ground.people()
                        .name(tx, found)
                        .orElseThrow(() -> invalid(pointer, "unknown", "this is no user"));
        return party(giver, Share.Kind.USER, found, name, pointer);
    }

    private Share.Party machine(Handle tx, Principal giver, Optional<UUID> id, String pointer) {
        var named = ground.people().machines(tx, giver.tenant(), id.stream().toList());
        return named.entrySet().stream()
                .findFirst()
                .map(one -> party(giver, Share.Kind.MACHINE, one.getKey(), one.getValue(), pointer))
                .orElseThrow(() -> invalid(pointer, "unknown", "no machine here is called so"));
    }

    private static Share.Party party(
            Principal giver, Share.Kind kind, UUID id, String name, String pointer) {
        if (id.equals(giver.id())) {
            throw invalid(pointer, "own", "this is you");
        }
        return new Share.Party(kind, Optional.of(id), name);
    }

    static Refusal invalid(String pointer, String code, String detail) {
        return Refusal.of(List.of(FieldError.of(pointer, code, detail)));
    }
}
