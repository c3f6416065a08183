package holdfast.process;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Tells systemd how the service is (sd_notify(3)). Java has no Unix datagram sockets, so this calls the C library.
///
/// Does nothing without `NOTIFY_SOCKET`. A notice that cannot be sent is no reason to stop serving.
public final class ServiceNotice {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int PATH_OFFSET = 2; // bytes: sa_family_t before sun_path

    private final Optional<String> socket;

    /// @param socket the value of `NOTIFY_SOCKET`; a leading `@` means an abstract address
    public ServiceNotice(Optional<String> socket) {
        this.socket = socket.filter(path -> !path.isEmpty());
    }

    public void ready() {
        send("READY=1");
    }

    public void watchdog() {
        send("WATCHDOG=1");
    }

    public void stopping() {
        send("STOPPING=1");
    }

    private void send(String state) {
        socket.ifPresent(path -> {
            try (var arena = Arena.ofConfined()) {
                send(arena, path, state.getBytes(StandardCharsets.UTF_8));
            } catch (Throwable failure) {
                org.slf4j.LoggerFactory.getLogger(ServiceNotice.class)
                        .atWarn()
                        .addKeyValue("state", state)
                        .log("service manager not notified");
            }
        });
    }

    private static void send(Arena arena, String path, byte[] state) throws Throwable {
        var name = path.getBytes(StandardCharsets.UTF_8);
        var address = arena.allocate(PATH_OFFSET + (long) name.length + 1);
        address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
        MemorySegment.copy(name, 0, address, ValueLayout.JAVA_BYTE, PATH_OFFSET, name.length);
        boolean isAbstract = path.startsWith("@");
        if (isAbstract) {
            address.set(ValueLayout.JAVA_BYTE, PATH_OFFSET, (byte) 0);
        }
        int length = PATH_OFFSET + name.length + (isAbstract ? 0 : 1);
        var message = arena.allocateFrom(ValueLayout.JAVA_BYTE, state);
        var integer = ValueLayout.JAVA_INT;
        var descriptor =
                (int)
                        call("socket", FunctionDescriptor.of(integer, integer, integer, integer))
                                .invokeExact(AF_UNIX, SOCK_DGRAM, 0);
        long sent =
                (long)
                        call(
                                        "sendto",
                                        FunctionDescriptor.of(
                                                ValueLayout.JAVA_LONG,
                                                integer,
                                                ValueLayout.ADDRESS,
                                                ValueLayout.JAVA_LONG,
                                                integer,
                                                ValueLayout.ADDRESS,
                                                integer))
                                .invokeExact(
                                        descriptor,
                                        message,
                                        (long) state.length,
                                        0,
                                        address,
                                        length);
        int closed =
                (int)
                        call("close", FunctionDescriptor.of(integer, integer))
                                .invokeExact(descriptor);
        if (sent != state.length || closed != 0) {
            throw new IllegalStateException("sent %d of %d bytes".formatted(sent, state.length));
        }
    }

    @SuppressWarnings("restricted") // the launcher allows native access
    private static MethodHandle call(String function, FunctionDescriptor shape) {
        var linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().find(function).orElseThrow(), shape);
    }
}
