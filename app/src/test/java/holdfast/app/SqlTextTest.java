package holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// SQL is a fixed text; what a caller sends is bound.
class SqlTextTest {
    /// Classes that put texts together beside their statements, each looked at: fixed parts, names of columns out of an
    /// enum, or what is no SQL. A new one is added by somebody who has looked.
    private static final Set<String> LOOKED_AT =
            Set.of(
                    "cluster.JobFile",
                    "health.OwnChecks",
                    "infrastructure.EnvironmentStore",
                    "infrastructure.GridStore",
                    "infrastructure.RunStore",
                    "keys.KeyRowStore",
                    "ledger.CountStore",
                    "ledger.SearchStore",
                    "ledger.TileStore",
                    "seal.KeySession",
                    "seal.KeyStore",
                    "sharing.LinkStore",
                    "sharing.ShareListStore",
                    "sharing.ShareStore",
                    "storage.PostgresDatabase",
                    "storage.PostgresSchema",
                    "storage.SchemaBook",
                    "storage.SqliteConnections",
                    "storage.SqliteDatabase",
                    "vault.GridStore",
                    "vault.ReadStore",
                    "vault.SecretStore",
                    "vault.VersionStore");

    private static final Set<String> OWNERS =
            Set.of(
                    "org/jdbi/v3/core/Handle",
                    "java/sql/Connection",
                    "java/sql/Statement",
                    "holdfast/storage/Direct");
    private static final Set<String> STATEMENTS =
            Set.of(
                    "createQuery",
                    "createUpdate",
                    "createBatch",
                    "createCall",
                    "createScript",
                    "prepareBatch",
                    "prepareStatement",
                    "prepareCall",
                    "select",
                    "execute",
                    "executeQuery",
                    "executeUpdate",
                    "on");

    private static final Set<String> JOINING =
            Set.of(
                    "java/lang/StringBuilder.append",
                    "java/lang/String.concat",
                    "java/lang/String.format",
                    "java/lang/String.formatted");

    @Test
    void no_text_is_put_together_for_a_statement_except_where_somebody_looked() {
        var found =
                new ClassFileImporter()
                                .withImportOption(place -> !place.contains("/test-classes/"))
                                .withImportOption(place -> !place.contains("/holdfast/testkit/"))
                                .withImportOption(place -> !place.contains("/holdfast/benchmarks/"))
                                .withImportOption(place -> !place.contains("/holdfast/simulator/"))
                                .importPackages("holdfast")
                                .stream()
                                .filter(SqlTextTest::joinsBesideStatements)
                                .map(type -> type.getName().replaceAll("^holdfast\\.|\\$.*$", ""))
                                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(found).contains("infrastructure.GridStore").isSubsetOf(LOOKED_AT);
    }

    private static boolean joinsBesideStatements(JavaClass type) {
        try (var in = type.getSource().orElseThrow().getUri().toURL().openStream()) {
            var methods = ClassFile.of().parse(in.readAllBytes()).methods();
            return methods.stream().anyMatch(SqlTextTest::states)
                    && methods.stream().anyMatch(SqlTextTest::joins);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static boolean states(MethodModel method) {
        return method.code().stream()
                .flatMap(code -> code.elementStream())
                .filter(InvokeInstruction.class::isInstance)
                .map(InvokeInstruction.class::cast)
                .anyMatch(call ->
                        OWNERS.contains(call.owner().asInternalName())
                                && STATEMENTS.contains(call.name().stringValue()));
    }

    private static boolean joins(MethodModel method) {
        return method.code().stream()
                .flatMap(code -> code.elementStream())
                .anyMatch(element ->
                        switch (element) {
                            case InvokeDynamicInstruction made ->
                                    made.name().equalsString("makeConcatWithConstants");
                            case InvokeInstruction call ->
                                    JOINING.contains(
                                            call.owner().asInternalName()
                                                    + "."
                                                    + call.name().stringValue());
                            default -> false;
                        });
    }
}
