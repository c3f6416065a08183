package holdfast.simulator;

/// Somebody who may log in to the appliance.
///
/// @param role ADMIN, OPERATOR, VIEWER, or NONE for an account without a role
public record User(String name, String password, String role) {
    @Override
    public String toString() {
        return "User[" + name + ", " + role + "]";
    }
}
