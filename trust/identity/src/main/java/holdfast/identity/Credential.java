package holdfast.identity;

/// What proved who sends a request; kept beside the principal for the routes of this room.
sealed interface Credential {
    /// @param session the session as it was when the request came
    record OfSession(Session session) implements Credential {}

    record OfToken(Token token) implements Credential {}
}
