package holdfast.storage;

import java.io.Reader;
import java.io.StringReader;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/// Runs the scripts of one room by Flyway. Loaded only when a script is new.
final class Migration {
    private Migration() {}

    /// @param owner names the connection that may change tables
    static void run(
            UnaryOperator<FluentConfiguration> owner, Database.Engine engine, Scripts room) {
        owner.apply(Flyway.configure(Migration.class.getClassLoader()))
                .resourceProvider(new Provided(room))
                .javaMigrationClassProvider(Set::of)
                .placeholders(Dialect.placeholders(engine))
                .table(room.room() + "_schema_history")
                .baselineOnMigrate(true) // other rooms' tables are there already
                .baselineVersion("0")
                .loggers("slf4j")
                .load()
                .migrate();
    }

    /// Gives Flyway the scripts that were found, so that it scans no class path.
    private record Provided(Scripts room) implements ResourceProvider {
        @Override
        public @Nullable LoadableResource getResource(String name) {
            return null;
        }

        @Override
        public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
            if (!prefix.equals("V")) {
                return List.of();
            }
            return room.scripts().stream().<LoadableResource>map(Text::new).toList();
        }
    }

    private static final class Text extends LoadableResource {
        private final Scripts.Script script;

        Text(Scripts.Script script) {
            this.script = script;
        }

        @Override
        public Reader read() {
            return new StringReader(script.text());
        }

        @Override
        public String getAbsolutePath() {
            return script.name();
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return script.name();
        }

        @Override
        public String getFilename() {
            return script.name();
        }

        @Override
        public String getRelativePath() {
            return script.name();
        }
    }
}
