package holdfast.sharing;

import holdfast.ledger.Event;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/// What this room tells the ledger. A value that leaves is an event of the vault beside it.
sealed interface ShareEvent extends Event {
    /// @param with `user/…`, `machine/…`, `role/…` or `tenant/…`
    record Given(Row row, String with) implements ShareEvent {}

    record Changed(Row row) implements ShareEvent {}

    record Revoked(Row row) implements ShareEvent {}

    /// Told to the tenant that a secret is offered to.
    record Offered(Row row) implements ShareEvent {}

    record Accepted(Row row) implements ShareEvent {}

    record Declined(Row row) implements ShareEvent {}

    /// Told to the tenant that a secret was shared with: the share was taken back.
    record Ended(Row row) implements ShareEvent {}

    /// Told to the tenant of the one who opens what another tenant shares with it.
    record Opened(Row row, int version) implements ShareEvent {}

    /// Told to the tenant of the one who changes what another tenant shares with it.
    ///
    /// @param did `update`, `rollback`, `delete`, `undelete` or `destroy`
    record Changes(Row row, String did, int version) implements ShareEvent {}

    /// Told to the tenant that shares further what another tenant shares with it.
    ///
    /// @param row of what it gave
    /// @param did `create`, `update` or `revoke`
    record Passed(Row row, String did) implements ShareEvent {}

    @Override
    default String action() {
        return switch (this) {
            case Given _ -> "share.create";
            case Changed _ -> "share.update";
            case Revoked _ -> "share.revoke";
            case Offered _ -> "share.offer";
            case Accepted _ -> "share.accept";
            case Declined _ -> "share.decline";
            case Ended _ -> "share.end";
            case Opened _ -> "share.open";
            case Changes _ -> "share.write";
            case Passed _ -> "share.pass";
        };
    }

    Row row();

    /// The owner's ledger names the secret, the receiver's what its own policy calls it.
    @Override
    default String resource() {
        return switch (this) {
            case Given _, Changed _, Revoked _ -> row().path();
            case Offered _, Accepted _, Declined _, Ended _, Opened _, Changes _, Passed _ ->
                    row().received();
        };
    }

    @Override
    default Map<String, Object> body() {
        var body =
                new TreeMap<String, Object>(
                        Map.of(
                                "share", row().id().toString(),
                                "secret", row().secret().toString(),
                                "permission", row().level().name()));
        row().expires().ifPresent(end -> body.put("expires", end.toString()));
        switch (this) {
            case Given(_, var with) -> {
                body.put("with", with);
                passedBy(body);
            }
            case Changed _, Revoked _ -> passedBy(body);
            case Opened(_, int version) -> body.put("version", version);
            case Changes(_, var did, int version) -> {
                body.put("did", did);
                body.put("version", version);
            }
            case Passed(_, var did) -> {
                body.put("did", did);
                body.put("with", "tenant/" + row().with().id().orElseThrow());
            }
            case Offered _, Accepted _, Declined _, Ended _ -> {}
        }
        return body;
    }

    private void passedBy(Map<String, Object> body) {
        row().passedBy().ifPresent(tenant -> body.put("tenant", tenant.toString()));
    }

    /// The same two things happen in the owner's ledger when the other tenant answers.
    record Answered(Row row, UUID tenant, boolean accepted) implements Event {
        @Override
        public String action() {
            return "share.answer";
        }

        @Override
        public String resource() {
            return row.path();
        }

        @Override
        public Map<String, Object> body() {
            return Map.of(
                    "share", row.id().toString(),
                    "secret", row.secret().toString(),
                    "tenant", tenant.toString(),
                    "accepted", accepted);
        }
    }
}
