package holdfast.demo;

import java.io.PrintStream;

/// The demo for a person: an environment that has synced, and how to get in. A later start finds it again.
final class Demo {
    private final ServerProcess server;
    private final Estate estate;
    private final DemoLogin login;
    private final PrintStream out;

    Demo(ServerProcess server, Estate estate, DemoLogin login, PrintStream out) {
        this.server = server;
        this.estate = estate;
        this.login = login;
        this.out = out;
    }

    /// Brings the environment up to date and prints how to get in.
    void show() {
        var job =
                new MainJob(
                        new Client(server.url(), server.fingerprint()),
                        new Steps(out),
                        login.password());
        var password = login.password();
        if (server.setupCode().isPresent()) {
            job.firstRun(server.setupCode().get());
            job.sync(job.environment(estate));
        } else if (job.isWelcome()) {
            job.signIn();
            job.moved(estate).ifPresent(job::sync);
        } else {
            password = "the password you have set";
        }
        out.printf(
                """

                Holdfast is running, with a simulated VCF Installer and SDDC Manager behind it.

                  open         %s
                  fingerprint  %s
                               the certificate is the server's own, so the browser asks once; compare
                  sign in      %s / %s
                  stop         Ctrl+C
                  again        ./run demo, with everything you did; ./run demo --fresh forgets it
                """,
                server.url(), server.fingerprint(), login.username(), password);
    }
}
