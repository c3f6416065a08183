package holdfast.app;

import holdfast.kernel.Problem;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// `docs/problems.md` lists every problem the code knows, and no other.
class ProblemsPageTest {
    @Test
    void docs_problems_lists_every_problem() throws IOException {
        var page =
                new StringBuilder(
                        """
                        # Problems

                        Every refusal is an RFC 9457 problem: `type`, `title`, `status`, `detail` (what to change), `code`, `params`,
                        `instance` (the request id), and `errors` with one entry for each bad field. Programs compare `code`.

                        | code | status | title | type |
                        |---|---|---|---|
                        """);
        for (var problem : Problem.values()) {
            page.append(
                    "| `%s` | %d | %s | `%s` |\n"
                            .formatted(
                                    problem.code(),
                                    problem.status(),
                                    problem.title(),
                                    problem.type()));
        }
        GoldenFile.check("docs/problems.md", page.toString());
    }
}
