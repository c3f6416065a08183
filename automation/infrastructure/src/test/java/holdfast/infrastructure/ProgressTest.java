package holdfast.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.access.Action;
import holdfast.simulator.Fault;
import holdfast.simulator.FaultKind;
import holdfast.simulator.Simulator;
import holdfast.simulator.SimulatorOptions;
import holdfast.testkit.TestDatabase;
import holdfast.vcf.SourceKind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What those who watch a run see.
class ProgressTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void a_watcher_sees_the_newest_step_and_waits_for_the_next() throws Exception {
        var progress = new Progress();
        progress.reading(SourceKind.SDDC_MANAGER, 1, 100);
        progress.reading(SourceKind.SDDC_MANAGER, 2, 200);
        var first = progress.after(0, LONG);
        var next = new Progress.View[1];
        var watcher =
                Thread.ofVirtual().start(() -> next[0] = progress.after(first.edition(), LONG));

        progress.storing(SourceKind.SDDC_MANAGER, 50, 10);
        watcher.join();

        assertThat(first.sources())
                .containsExactly(
                        new Progress.Step(
                                SourceKind.SDDC_MANAGER, Progress.Phase.READING, 2, 200, 0, 0));
        assertThat(next[0].sources())
                .containsExactly(
                        new Progress.Step(
                                SourceKind.SDDC_MANAGER, Progress.Phase.STORING, 2, 200, 50, 10));
    }

    @Test
    void the_end_wakes_whoever_waits() {
        var progress = new Progress();
        Thread.ofVirtual().start(progress::end);

        assertThat(progress.await(LONG)).isTrue();
    }

    @Test
    void a_run_tells_its_steps_while_it_goes_on_and_its_end_afterwards() {
        try (var manager = Simulator.start(SimulatorOptions.defaults(InstantSource.system()));
                var site = new Site(TestDatabase.SQLITE)) {
            var id = site.create(manager).id();
            manager.faults().add(Fault.of(FaultKind.HOLD).on("/v1/credentials"));
            var sync = site.may(Action.SYNC_ENVIRONMENT, Environments.resource(id));
            var read = site.may(Action.READ_ENVIRONMENT, Environments.resource(id));
            var run = site.room.environments().sync(sync, id, Optional.empty()).id();

            var going = site.room.environments().progress(read, id, run, 0, Duration.ZERO);
            manager.faults().clear();
            site.await(id, run);
            var ended = site.room.environments().progress(read, id, run, 0, LONG);

            assertThat(going.ended()).isFalse();
            assertThat(ended.ended()).isTrue();
        }
    }
}
