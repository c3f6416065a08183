package holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.client.Surroundings;
import holdfast.client.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// What the command line says of itself.
class CommandsTest {
    /// Between backticks, or on a line of its own.
    private static final Pattern COMMAND =
            Pattern.compile("(?m)(?:`|^)holdfast ([a-z][^`\\n|>#;&<]*)");

    @TempDir Path home;

    @Test
    void docs_commands_shows_the_help_of_every_command() throws IOException {
        var page =
                new StringBuilder(
                        "# Commands\n\nThe help of every command, as the program prints it.\n");
        pages(line(), page);

        GoldenFile.check("docs/commands.md", page.toString());
    }

    @Test
    void a_command_that_a_page_names_is_there_with_its_options() throws IOException {
        var strange = new ArrayList<String>();
        int named = 0;
        for (var page : pages()) {
            var commands = COMMAND.matcher(Files.readString(page));
            while (commands.find()) {
                named++;
                strange(List.of(commands.group(1).strip().split("\\s+")))
                        .ifPresent(word -> strange.add(page.getFileName() + ": " + word));
            }
        }

        assertThat(strange).isEmpty();
        assertThat(named).isGreaterThan(30);
    }

    private static List<Path> pages() throws IOException {
        var all = new ArrayList<>(List.of(GoldenFile.root().resolve("README.md")));
        try (var docs = Files.list(GoldenFile.root().resolve("docs"))) {
            docs.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.endsWith("commands.md"))
                    .forEach(all::add);
        }
        return all;
    }

    /// {@return the first word that is no command, no option of it, and stands where one must}
    private Optional<String> strange(List<String> words) {
        var at = line();
        for (var word : words) {
            var below = at.getSubcommands().get(word);
            if (below != null) {
                at = below;
            } else if (at.getParent() == null && word.matches("[a-z][a-z-]+")) {
                return Optional.of(word);
            } else if (!at.getSubcommands().isEmpty() && word.matches("[a-z][a-z-]+")) {
                return Optional.of(at.getCommandName() + " " + word);
            } else if (word.startsWith("--")
                    && !at.getCommandSpec()
                            .optionsMap()
                            .containsKey(word.replaceAll("[=\\]…].*", ""))) {
                return Optional.of(at.getCommandName() + " " + word);
            }
        }
        return Optional.empty();
    }

    @Test
    void help_and_no_words_at_all_say_the_same() {
        assertThat(said("help")).isEqualTo(said()).contains("serve", "login", "credential");
    }

    @Test
    void a_shell_accepts_the_completion_script_and_completes()
            throws IOException, InterruptedException {
        var script = Files.writeString(home.resolve("completion"), said("completion"));
        var shell =
                new ProcessBuilder(
                                "bash",
                                "-c",
                                "shopt -s progcomp; source '%s'; COMP_WORDS=(holdfast env s); COMP_CWORD=2; COMP_LINE='holdfast env s'; COMP_POINT=14; _complete_holdfast; echo ${COMPREPLY[@]}"
                                        .formatted(script))
                        .redirectErrorStream(true)
                        .start();
        var answer = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(shell.waitFor()).describedAs(answer).isZero();
        assertThat(answer).contains("show", "sync");
    }

    private CommandLine line() {
        return Commands.line(
                new Surroundings(
                        Map.of(),
                        home,
                        new Nobody(),
                        new ByteArrayInputStream(new byte[0]),
                        new ByteArrayOutputStream()));
    }

    private static void pages(CommandLine line, StringBuilder page) {
        page.append("\n## ")
                .append(line.getCommandSpec().qualifiedName())
                .append("\n\n```\n")
                .append(line.getUsageMessage(CommandLine.Help.Ansi.OFF))
                .append("```\n");
        line.getSubcommands().values().forEach(below -> pages(below, page));
    }

    private static String said(String... arguments) {
        var out = new ByteArrayOutputStream();
        Main.run(
                List.of(arguments), new PrintStream(out, true, StandardCharsets.UTF_8), System.err);
        return out.toString(StandardCharsets.UTF_8);
    }

    private record Nobody() implements Terminal {
        @Override
        public boolean isPresent() {
            return false;
        }

        @Override
        public String ask(String question) {
            throw new IllegalStateException("nobody is there");
        }

        @Override
        public String askSecret(String question) {
            throw new IllegalStateException("nobody is there");
        }
    }
}
