package holdfast.simulator;

/// Who may call a route.
enum Access {
    PUBLIC,
    /// Any role.
    SIGNED_IN,
    ADMIN,
    /// PUBLIC when [Switch#APPLIANCE_INFO_WITHOUT_TOKEN] says so.
    MAYBE_PUBLIC,
    /// HTTP Basic, Cloud Builder only.
    BASIC
}
