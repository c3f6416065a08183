package holdfast.simulator;

import java.util.ArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Starts simulators for one test and ends them after it.
final class Running implements AfterEachCallback {
    private final MovableClock clock = new MovableClock();
    private final ArrayList<AutoCloseable> open = new ArrayList<>();

    MovableClock clock() {
        return clock;
    }

    Simulator simulator(UnaryOperator<SimulatorOptions> change) {
        var simulator = Simulator.start(change.apply(SimulatorOptions.defaults(clock)));
        open.add(simulator);
        return simulator;
    }

    Simulator simulator() {
        return simulator(UnaryOperator.identity());
    }

    Simulator simulator(Role role, Version version) {
        return simulator(options -> options.withAppliance(role, version));
    }

    Client client(Simulator simulator) {
        var client = new Client(simulator);
        open.add(client);
        return client;
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        for (var one : open.reversed()) {
            one.close();
        }
        open.clear();
    }
}
