package holdfast.process;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The heap of the serial collector, which takes its size from how much of it shall be free after a whole collection; the
/// young generation is a third of it. Both bounds can be changed while it runs.
final class SerialHeap implements IdleMemory.Heap {
    private static final Logger LOG = LoggerFactory.getLogger(SerialHeap.class);
    private static final String LEAST_FREE = "MinHeapFreeRatio"; // percent
    private static final String MOST_FREE = "MaxHeapFreeRatio"; // percent

    private boolean grown;

    @Override
    public void grow() {
        set(MOST_FREE, 90);
        set(LEAST_FREE, 80);
        grown = true;
        System.gc();
    }

    @Override
    public void shrink() {
        if (grown) {
            grown = false;
            set(LEAST_FREE, 10); // as the launcher starts it
            set(MOST_FREE, 20);
        }
        System.gc();
    }

    private static void set(String name, int percent) {
        try {
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .setVMOption(name, Integer.toString(percent));
        } catch (IllegalArgumentException another) { // another machine, or another collector
            LOG.atDebug().setCause(another).log("the heap keeps its bounds");
        }
    }
}
