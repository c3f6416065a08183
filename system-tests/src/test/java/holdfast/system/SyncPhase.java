package holdfast.system;

import holdfast.simulator.Fault;
import holdfast.testkit.Await;
import java.time.Duration;

/// Where a sync can be when its process dies, and how a test makes it stay there.
enum SyncPhase {
    /// The login was received and is not answered.
    LOGIN("hold@/v1/tokens;method=POST"),
    /// The Installer was asked for what it deployed.
    READING_THE_INSTALLER("hold@/v1/sddcs"),
    /// A page of the SDDC Manager was asked for.
    WALKING_PAGES("hold@/v1/credentials;method=GET"),
    /// A page comes, byte by byte.
    READING_A_PAGE("trickle@/v1/credentials;method=GET"),
    /// Everything was read; the token is given back.
    LOGOUT("hold@/v1/tokens;method=DELETE"),
    /// Some of the differences are written, nothing is shown.
    STAGING(""),
    /// All differences are written; the one write that shows them is half done.
    FLIP(""),
    /// The new list is shown; what it replaced is not removed yet.
    AFTER_THE_FLIP("");

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String fault;

    SyncPhase(String fault) {
        this.fault = fault;
    }

    /// Whether a run that dies here has shown nothing.
    boolean isBeforeTheFlip() {
        return this != AFTER_THE_FLIP;
    }

    /// Before the sync begins.
    void prepare(SimulatedSite site, Stored stored) {
        if (!fault.isEmpty()) {
            site.add(Fault.of(fault));
        } else if (this == FLIP) {
            stored.holdFlip();
        } else if (this == AFTER_THE_FLIP) {
            stored.holdSweep();
        }
    }

    /// Returns while the sync is in this phase.
    void await(SimulatedSite site, Stored stored) {
        switch (this) {
            case LOGIN -> site.awaitRequest("POST /v1/tokens", PATIENCE);
            case READING_THE_INSTALLER -> site.awaitRequest("GET /v1/sddcs", PATIENCE);
            case WALKING_PAGES, READING_A_PAGE ->
                    site.awaitRequest("GET /v1/credentials", PATIENCE);
            case LOGOUT -> site.awaitRequest("DELETE /v1/tokens/refresh-token", PATIENCE);
            case STAGING -> Await.until("a part is staged", () -> stored.staged() > 0);
            case FLIP ->
                    Await.until("the flip waits", () -> stored.staged() > 0 && stored.isHeld());
            case AFTER_THE_FLIP ->
                    Await.until("the sweep waits", () -> stored.replaced() > 0 && stored.isHeld());
        }
    }

    /// Whether what the dead process left behind shows that it died in this phase.
    ///
    /// @param staged  rows that wait to be shown
    /// @param changes of the sync; each is staged as a state and a value
    boolean isWitnessedBy(long staged, long replaced, long changes) {
        return switch (this) {
            case LOGIN, READING_THE_INSTALLER, WALKING_PAGES, READING_A_PAGE, LOGOUT ->
                    staged == 0 && replaced == 0;
            case STAGING -> staged > 0 && staged < 2 * changes;
            case FLIP -> staged == 2 * changes && replaced == 0;
            case AFTER_THE_FLIP -> staged == 0 && replaced > 0;
        };
    }
}
