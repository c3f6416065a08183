package holdfast.http;

/// Who may call a route. Rooms above bring their own actions; see also [#PUBLIC] and [#SIGNED_IN].
public interface Access {
    /// Anybody, without signing in.
    Access PUBLIC = () -> "PUBLIC";

    /// Anybody who is signed in; what they see is theirs.
    Access SIGNED_IN = () -> "SIGNED_IN";

    String name();
}
