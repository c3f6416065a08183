package holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the packaging promises.
class PackagingTest {
    @TempDir Path folder;

    @Test
    void the_unit_is_valid_and_narrow() throws IOException, InterruptedException {
        var unit =
                Files.readString(GoldenFile.root().resolve("packaging/systemd/holdfast.service"));
        // the program is not installed here: a program that is stands in for it
        var copy = folder.resolve("holdfast.service");
        Files.writeString(copy, unit.replace("/opt/holdfast/bin/holdfast", "/bin/true"));

        var verify =
                new ProcessBuilder("systemd-analyze", "verify", "--man=no", copy.toString())
                        .redirectErrorStream(true)
                        .start();
        var said =
                new String(
                        verify.getInputStream().readAllBytes(),
                        java.nio.charset.StandardCharsets.UTF_8);

        assertThat(said.lines().filter(line -> line.contains("holdfast.service"))).isEmpty();
        assertThat(verify.waitFor()).isZero();
        assertThat(unit.lines().filter(line -> !line.startsWith("#")))
                .contains(
                        "Type=notify",
                        "Restart=on-failure",
                        "WatchdogSec=30",
                        "User=holdfast",
                        "UMask=0077",
                        "LimitCORE=0",
                        "NoNewPrivileges=true",
                        "AmbientCapabilities=CAP_NET_BIND_SERVICE",
                        "CapabilityBoundingSet=CAP_NET_BIND_SERVICE",
                        "PrivateTmp=true",
                        "PrivateDevices=true",
                        "ProtectSystem=strict",
                        "ProtectHome=true",
                        "ReadWritePaths=/var/lib/holdfast /var/log/holdfast",
                        "RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX",
                        "SystemCallFilter=@system-service",
                        "SystemCallArchitectures=native",
                        "WantedBy=multi-user.target",
                        "Alias=vcf-credential-manager.service")
                .noneMatch(line -> line.startsWith("MemoryDenyWriteExecute="));
    }

    @Test
    void the_socket_and_what_it_changes_of_the_unit_are_valid() throws Exception {
        var units = GoldenFile.root().resolve("packaging/systemd");
        var unit = Files.readString(units.resolve("holdfast.service"));
        Files.writeString(
                folder.resolve("holdfast.service"),
                unit.replace("/opt/holdfast/bin/holdfast", "/bin/true"));
        Files.copy(units.resolve("holdfast.socket"), folder.resolve("holdfast.socket"));
        var changes = Files.createDirectory(folder.resolve("holdfast.service.d"));
        Files.copy(units.resolve("socket.conf"), changes.resolve("socket.conf"));

        for (var name : List.of("holdfast.service", "holdfast.socket")) {
            var verify =
                    new ProcessBuilder(
                                    "systemd-analyze",
                                    "verify",
                                    "--man=no",
                                    folder.resolve(name).toString())
                            .redirectErrorStream(true)
                            .start();
            var said = new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(said.lines().filter(line -> line.contains("holdfast"))).isEmpty();
            assertThat(verify.waitFor()).as(said).isZero();
        }
    }

    /// Each example is read by the program it is for, where that is installed.
    @ParameterizedTest
    @CsvSource({"nginx", "haproxy", "apache2"})
    void the_examples_for_proxies_are_understood_by_the_proxies(String program) throws Exception {
        var binary = installed(program);
        assumeTrue(binary.isPresent(), program + " is not installed");
        var files =
                new OwnCertificate(
                                StateDir.open(folder.resolve("tls")),
                                Chance.CLOCK,
                                new SecureRandom())
                        .ensure(List.of("vault.example.org"));
        var both = folder.resolve("both.pem");
        Files.writeString(both, Files.readString(files.chain()) + Files.readString(files.key()));

        var check =
                new ProcessBuilder(check(binary.get(), program, files, both))
                        .redirectErrorStream(true)
                        .start();
        var said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(check.waitFor()).as(said).isZero();
    }

    private List<String> check(Path binary, String program, Config.Certificate files, Path both)
            throws IOException {
        var config = folder.resolve(program + ".conf");
        return switch (program) {
            case "nginx" -> {
                var site =
                        example("nginx.conf")
                                .replace("/etc/ssl/vault.example.org.pem", files.chain().toString())
                                .replace(
                                        "/etc/ssl/private/vault.example.org.key",
                                        files.key().toString())
                                .replace("listen 443", "listen 127.0.0.1:65123");
                Files.writeString(
                        config,
                        "pid %1$s/nginx.pid; error_log stderr; events {}\nhttp {\naccess_log off;\n%2$s%3$s}\n"
                                .formatted(folder, temporary(), site));
                yield List.of(
                        binary.toString(), "-t", "-p", folder.toString(), "-c", config.toString());
            }
            case "haproxy" -> {
                Files.writeString(
                        config,
                        example("haproxy.cfg")
                                .replace("/etc/haproxy/vault.pem", both.toString())
                                .replace("/etc/haproxy/holdfast-ca.pem", files.chain().toString()));
                yield List.of(binary.toString(), "-c", "-f", config.toString());
            }
            default -> {
                var modules =
                        Stream.of(
                                        "ssl",
                                        "proxy",
                                        "proxy_http",
                                        "headers",
                                        "mpm_event",
                                        "authz_core")
                                .map(
                                        "LoadModule %1$s_module /usr/lib/apache2/modules/mod_%1$s.so\n"
                                                ::formatted)
                                .collect(Collectors.joining());
                Files.writeString(
                        config,
                        modules
                                + "ServerRoot %1$s\nPidFile %1$s/pid\nErrorLog %1$s/error\nListen 127.0.0.1:65124\n"
                                        .formatted(folder)
                                + example("apache.conf")
                                        .replace(
                                                "/etc/ssl/vault.example.org.pem",
                                                files.chain().toString())
                                        .replace(
                                                "/etc/ssl/private/vault.example.org.key",
                                                files.key().toString()));
                yield List.of(binary.toString(), "-t", "-f", config.toString());
            }
        };
    }

    /// Where nginx keeps what it may not keep in its own folders here.
    private String temporary() {
        return Stream.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
                .map(kind -> "%s_temp_path %s/%s;\n".formatted(kind, folder, kind))
                .collect(Collectors.joining());
    }

    private static String example(String name) throws IOException {
        return Files.readString(GoldenFile.root().resolve("packaging/proxy/" + name));
    }

    /// Servers stand in `sbin`, which is not on everybody's path.
    private static Optional<Path> installed(String program) {
        return Stream.of("/usr/sbin", "/usr/local/sbin", "/usr/bin")
                .map(place -> Path.of(place, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
