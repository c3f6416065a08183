package holdfast.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// What file, environment and flags merge to, in that order of strength. Unknown names are mistakes.
final class Settings {
    private static final String PREFIX = "HOLDFAST_";
    private static final String CONFIG = "HOLDFAST_CONFIG";

    /// Read by the launcher and by the client commands.
    private static final Set<String> OTHERS =
            Set.of(
                    CONFIG,
                    "HOLDFAST_HEAP",
                    "HOLDFAST_URL",
                    "HOLDFAST_TOKEN",
                    "HOLDFAST_TOKEN_FILE",
                    "HOLDFAST_FINGERPRINT");

    private final Map<Option, String> values = new EnumMap<>(Option.class);
    private final Map<Option, String> sources = new EnumMap<>(Option.class);
    private final List<String> mistakes = new ArrayList<>();

    /// What the source that is being read has set: a value and the file of a value together are a mistake.
    private final Map<Option, String> here = new EnumMap<>(Option.class);

    private Settings() {}

    /// @param flags as typed: `--port 443` or `--port=443`; `--config FILE` names the file
    static Settings merge(List<String> flags, Map<String, String> environment) {
        var settings = new Settings();
        var flagged = settings.flags(flags);
        var file = flagged.getOrDefault("config", environment.getOrDefault(CONFIG, ""));
        if (!file.isEmpty()) {
            settings.file(Path.of(file));
        }
        settings.here.clear();
        settings.environment(environment);
        settings.here.clear();
        flagged.forEach((key, value) -> settings.put(key, value, "--" + key));
        return settings;
    }

    String value(Option option) {
        return values.getOrDefault(option, option.fallback());
    }

    /// {@return where the value came from, for `config explain`}
    String source(Option option) {
        return sources.getOrDefault(option, "default");
    }

    /// {@return each option with its value and where it came from, a line each; secrets hidden}
    List<String> explained() {
        return Arrays.stream(Option.values())
                .map(option ->
                        "%-26s %-34s from %s"
                                .formatted(option.key(), shown(option), source(option)))
                .toList();
    }

    /// {@return the value for people, without a secret; a JDBC URL may carry one behind the question mark}
    String shown(Option option) {
        var value = value(option);
        return option.isSecret() && !value.isEmpty()
                ? "(set)"
                : option == Option.DATABASE_URL ? value.replaceFirst("\\?.*", "?(hidden)") : value;
    }

    List<String> mistakes() {
        return mistakes;
    }

    private Map<String, String> flags(List<String> flags) {
        var found = new java.util.LinkedHashMap<String, String>();
        for (int i = 0; i < flags.size(); i++) {
            var flag = flags.get(i);
            if (!flag.startsWith("--")) {
                mistakes.add("%s: expected a flag that begins with --".formatted(flag));
                continue;
            }
            int equals = flag.indexOf('=');
            if (equals > 0) {
                found.put(flag.substring(2, equals), flag.substring(equals + 1));
            } else if (i + 1 < flags.size()) {
                found.put(flag.substring(2), flags.get(++i));
            } else {
                mistakes.add("%s: needs a value".formatted(flag));
            }
        }
        return found;
    }

    private void file(Path file) {
        try {
            var load = new Load(LoadSettings.builder().setLabel(file.toString()).build());
            var content = load.loadFromString(Files.readString(file));
            if (content instanceof Map<?, ?> map) {
                map.forEach((key, value) -> put(String.valueOf(key), text(value), file.toString()));
            } else if (content != null) {
                mistakes.add("%s: must be a list of `option: value` lines".formatted(file));
            }
        } catch (IOException failure) {
            mistakes.add(
                    "%s: cannot be read (%s)".formatted(file, failure.getClass().getSimpleName()));
        } catch (YamlEngineException failure) {
            mistakes.add("%s: is not YAML: %s".formatted(file, failure.getMessage()));
        }
    }

    private static String text(Object value) {
        return value instanceof List<?> list
                ? String.join(",", list.stream().map(String::valueOf).toList())
                : value == null ? "" : String.valueOf(value);
    }

    private void environment(Map<String, String> environment) {
        new TreeMap<>(environment)
                .forEach((name, value) -> {
                    if (name.startsWith(PREFIX) && !OTHERS.contains(name)) {
                        var key =
                                name.substring(PREFIX.length()).toLowerCase(java.util.Locale.ROOT);
                        put(key.replace('_', '-'), value, name);
                    }
                });
    }

    private void put(String key, String value, String source) {
        if (key.equals("config")) {
            return;
        }
        var option = Option.ofKey(key);
        if (option.isPresent()) {
            set(option.get(), value, key, source);
            return;
        }
        var viaFile =
                key.endsWith("-file") ? Option.ofKey(key.substring(0, key.length() - 5)) : option;
        if (viaFile.isEmpty()) {
            mistakes.add("%s: there is no option '%s'".formatted(source, key));
            return;
        }
        try {
            set(viaFile.get(), Files.readString(Path.of(value)).strip(), key, source);
        } catch (IOException _) {
            mistakes.add("%s: the file '%s' cannot be read".formatted(source, value));
        }
    }

    private void set(Option option, String value, String key, String source) {
        var before = here.put(option, key);
        if (before != null) {
            mistakes.add("%s: set %s or %s, not both".formatted(source, before, key));
        }
        values.put(option, value);
        sources.put(option, source);
    }
}
