package holdfast.tenancy;

/// The colour by which people tell a tenant from another; how it looks in light and dark is the interface's matter.
///
/// Named and few, so that each is known to be readable. None is red: that means danger.
public enum Accent {
    BLUE,
    TEAL,
    GREEN,
    VIOLET,
    MAGENTA,
    AMBER
}
