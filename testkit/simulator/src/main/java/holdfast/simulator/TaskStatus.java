package holdfast.simulator;

/// Where a credential task or a part of it stands.
enum TaskStatus {
    PENDING("PENDING", "Pending"),
    IN_PROGRESS("IN_PROGRESS", "In Progress"),
    SUCCESSFUL("SUCCESSFUL", "Successful"),
    FAILED("FAILED", "Failed"),
    USER_CANCELLED("CANCELLED", "Cancelled"),
    /// The component has the new password, the store the old one.
    INCONSISTENT("FAILED", "Failed");

    private final String generic;
    private final String spoken;

    TaskStatus(String generic, String spoken) {
        this.generic = generic;
        this.spoken = spoken;
    }

    /// As `/v1/tasks` says it, which knows fewer values and from 5.1.1 two spellings.
    String generic(boolean isSpoken) {
        return isSpoken ? spoken : generic;
    }

    boolean isRunning() {
        return this == PENDING || this == IN_PROGRESS;
    }

    /// Whether it waits for somebody to retry or cancel it.
    boolean isStuck() {
        return this == FAILED || this == INCONSISTENT;
    }
}
