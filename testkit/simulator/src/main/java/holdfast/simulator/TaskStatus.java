package holdfast.simulator;

/// Where a credential task or a part of it stands.
enum TaskStatus {
    PENDING("PENDING", "PENDING", "Pending"),
    IN_PROGRESS("IN_PROGRESS", "IN_PROGRESS", "In Progress"),
    SUCCESSFUL("SUCCESSFUL", "SUCCESSFUL", "Successful"),
    /// From 5.1.1, in `/v1/tasks` only.
    WITH_WARNING("SUCCESSFUL", "COMPLETED_WITH_WARNING", "COMPLETED_WITH_WARNING"),
    FAILED("FAILED", "FAILED", "Failed"),
    /// From 9.1, in `/v1/tasks` only.
    TIMED_OUT("FAILED", "TIMED_OUT", "Timed Out"),
    USER_CANCELLED("USER_CANCELLED", "CANCELLED", "Cancelled"),
    /// The component has the new password, the store the old one.
    INCONSISTENT("INCONSISTENT", "FAILED", "Failed");

    private final String own;
    private final String generic;
    private final String spoken;

    TaskStatus(String own, String generic, String spoken) {
        this.own = own;
        this.generic = generic;
        this.spoken = spoken;
    }

    /// As `/v1/credentials/tasks` says it; the same in every release.
    String own() {
        return own;
    }

    /// As `/v1/tasks` says it, which knows other values and from 5.1.1 two spellings.
    String generic(boolean isSpoken) {
        return isSpoken ? spoken : generic;
    }

    /// What a release that has no such value says instead.
    TaskStatus in(Version version) {
        return switch (this) {
            case WITH_WARNING -> version.isAtLeast(Version.V5_1_1) ? this : SUCCESSFUL;
            case TIMED_OUT -> version.isAtLeast(Version.V9_1_0) ? this : FAILED;
            default -> this;
        };
    }

    boolean isDone() {
        return this == SUCCESSFUL || this == WITH_WARNING;
    }

    boolean isRunning() {
        return this == PENDING || this == IN_PROGRESS;
    }

    /// Whether it waits for somebody to retry or cancel it.
    boolean isStuck() {
        return this == FAILED || this == TIMED_OUT || this == INCONSISTENT;
    }
}
