package holdfast.system;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.demo.ServerProcess;
import holdfast.simulator.Simulator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A day at the command line: the built program as client processes, against the built server and a simulated site.
class CommandLineTest {
    @TempDir Path home;

    private final SimulatedSite site = SimulatedSite.of(50);
    private final Installation installation = Installation.of(Engine.SQLITE);
    private final List<String> listed = new ArrayList<>();
    private String out = "";
    private String err = "";

    @AfterEach
    void close() {
        installation.close();
        site.close();
    }

    @Test
    void everything_from_login_to_logout_and_no_secret_where_others_can_list_it()
            throws IOException {
        signIn();
        assertThat(mode(login())).isEqualTo("rw-------");

        assertThat(run(site.manager().password(), add("alpha"))).describedAs(err).isZero();
        assertThat(run("", "env", "sync", "alpha")).describedAs(out + err).isZero();
        assertThat(run("", "credential", "list", "alpha", "--all")).isZero();
        var one = site.values().entrySet().iterator().next();
        var words = one.getKey().split(" ", -1);
        assertThat(out).contains(words[1]).doesNotContain(one.getValue());

        assertThat(run("", "credential", "reveal", "alpha", id(words))).describedAs(err).isZero();
        assertThat(out.strip()).isEqualTo(one.getValue());
        var file = home.resolve("all.csv");
        assertThat(run("", "credential", "export", "alpha", "--output", file.toString()))
                .describedAs(err)
                .isZero();
        assertThat(mode(file)).isEqualTo("rw-------");
        assertThat(Files.readString(file)).contains(words[1]);
        assertThat(run("", "audit", "verify")).describedAs(out + err).isZero();

        var token = token();
        assertThat(run("", "logout")).describedAs(err).isZero();
        assertThat(login()).doesNotExist();
        assertThat(run("", "whoami")).isEqualTo(1);
        assertNothingListed(token, one.getValue());
    }

    @Test
    void exit_codes_tell_done_refused_and_used_wrongly() throws IOException {
        signIn();

        assertThat(run("", "status")).isZero();
        assertThat(run("", "env", "show", "nowhere")).isEqualTo(1);
        assertThat(err).contains("there is no environment 'nowhere'").doesNotContain("\tat ");
        assertThat(run("", "env", "show")).isEqualTo(2);
        assertThat(run("", "nonsense")).isEqualTo(2);
        assertThat(run("not the password", signingIn())).isEqualTo(1);
        assertThat(err).contains("sign-in-refused").doesNotContain("not the password");
    }

    private void signIn() {
        assertThat(run(Installation.PASSWORD + "\n", signingIn())).describedAs(err).isZero();
    }

    private String[] signingIn() {
        var server = installation.server();
        return new String[] {
            "login",
            server.url().toString(),
            "--fingerprint",
            server.fingerprint(),
            "--username",
            Installation.ADMINISTRATOR,
            "--password-file",
            "-"
        };
    }

    private String[] add(String name) {
        Simulator manager = site.manager();
        return new String[] {
            "env",
            "add",
            name,
            "--sddc-manager-host",
            "localhost",
            "--sddc-manager-port",
            String.valueOf(manager.port()),
            "--sddc-manager-user",
            manager.user(),
            "--sddc-manager-fingerprint",
            manager.fingerprint(),
            "--sddc-manager-schedule",
            "0",
            "--sddc-manager-password-file",
            "-"
        };
    }

    /// @param words type, name, kind and user, as in [SimulatedSite#values]
    private String id(String[] words) {
        return out.lines()
                .map(line -> line.strip().split("\\s+", -1))
                .filter(cells -> List.of(cells).containsAll(List.of(words)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("not listed: " + String.join(" ", words)))[0];
    }

    private void assertNothingListed(String... secrets) {
        assertThat(listed).isNotEmpty();
        assertThat(listed).anyMatch(line -> line.contains("login"));
        var all = String.join("\n", listed);
        assertThat(all).doesNotContain(secrets);
        assertThat(all)
                .doesNotContain(Installation.PASSWORD, site.manager().password())
                .doesNotContain(
                        Base64.getEncoder()
                                .encodeToString(
                                        Installation.PASSWORD.getBytes(StandardCharsets.UTF_8)));
    }

    private Path login() {
        return home.resolve(".config/holdfast/login.json");
    }

    private String token() throws IOException {
        return Files.readString(login()).replaceFirst("(?s).*\"token\":\"(hf_[^\"]+)\".*", "$1");
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    /// Runs one client process, and looks at what everybody can list of it until it ends.
    private int run(String input, String... arguments) {
        var command = new ArrayList<>(ServerProcess.program(Installation.root()));
        command.add(1, "-Duser.home=" + home);
        command.addAll(List.of(arguments));
        try {
            var builder =
                    new ProcessBuilder(command)
                            .redirectOutput(home.resolve("out").toFile())
                            .redirectError(home.resolve("err").toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("HOLDFAST_"));
            builder.environment().remove("XDG_CONFIG_HOME");
            var process = builder.start();
            try (var stdin = process.outputWriter(StandardCharsets.UTF_8)) {
                look(process.toHandle());
                stdin.write(input);
            } catch (IOException _) {
                // it ended without reading
            }
            do {
                look(process.toHandle());
            } while (!process.waitFor(20, TimeUnit.MILLISECONDS));
            out = Files.readString(home.resolve("out"));
            err = Files.readString(home.resolve("err"));
            return process.exitValue();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void look(ProcessHandle process) {
        process.descendants().forEach(this::note);
        note(process);
    }

    private void note(ProcessHandle process) {
        try {
            var line = Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
            if (!listed.contains(line)) {
                listed.add(line);
            }
        } catch (IOException _) {
            // it has ended
        }
    }
}
