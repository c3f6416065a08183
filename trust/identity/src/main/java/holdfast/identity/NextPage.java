package holdfast.identity;

import holdfast.http.Request;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/// The page of this server that a sign-in leads on to. Never another server's: that would help to deceive people.
///
/// @param location path and query in ASCII
record NextPage(String location) {
    private static final int MAX = 2_000; // characters
    private static final Pattern NO_PAGE = Pattern.compile("/(api|login|logout)(/.*)?");

    /// {@return what `next` of the form, or of its address, asks for; nothing when that is no page of this server}
    static Optional<NextPage> of(Request request) {
        return request.form("next").or(() -> request.query("next")).flatMap(NextPage::of);
    }

    static Optional<NextPage> of(String wanted) {
        if (wanted.length() > MAX || !wanted.startsWith("/") || wanted.startsWith("//")) {
            return Optional.empty();
        }
        try {
            var uri = new URI(wanted); // refuses backslashes, blanks and control characters
            return NO_PAGE.matcher(uri.normalize().getPath()).matches()
                    ? Optional.empty()
                    : Optional.of(new NextPage(uri.toASCIIString()));
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    /// {@return what is added to the query of the sign-in page}
    String parameter() {
        return "&next=" + URLEncoder.encode(location, StandardCharsets.UTF_8);
    }
}
