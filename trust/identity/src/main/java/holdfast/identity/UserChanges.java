package holdfast.identity;

/// Users as they are after a change.
final class UserChanges {
    private UserChanges() {}

    static User password(User user, String hash, boolean mustChange) {
        return new User(
                user.id(),
                user.name(),
                user.fullName(),
                user.email(),
                hash,
                mustChange,
                user.disabled(),
                user.created(),
                user.lastSignIn(),
                user.version() + 1);
    }

    static User disabled(User user, boolean disabled) {
        return new User(
                user.id(),
                user.name(),
                user.fullName(),
                user.email(),
                user.password(),
                user.mustChange(),
                disabled,
                user.created(),
                user.lastSignIn(),
                user.version() + 1);
    }

    static User profile(User user, String fullName, String email) {
        return new User(
                user.id(),
                user.name(),
                fullName,
                email,
                user.password(),
                user.mustChange(),
                user.disabled(),
                user.created(),
                user.lastSignIn(),
                user.version() + 1);
    }
}
