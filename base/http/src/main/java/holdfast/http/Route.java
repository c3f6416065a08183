package holdfast.http;

/// One line of the table that dispatcher, `openapi.yaml`, permission matrix and limits share.
///
/// @param method  `GET`, `POST`, `PUT`, `PATCH` or `DELETE`; `HEAD` comes with `GET`
/// @param path    `{name}` is one segment, `{name*}` at the end the rest
/// @param access  [Access#PUBLIC], [Access#SIGNED_IN], or the action that the handler asks a permit for
/// @param maxBody bytes; 0 for no body at all
public record Route(
        String method, String path, Access access, int maxBody, Rate rate, Handler handler) {
    /// A JSON body of ordinary size, in bytes.
    public static final int JSON = 1024 * 1024;

    /// {@return true when nobody has to sign in}
    public boolean isPublic() {
        return access.name().equals(Access.PUBLIC.name());
    }
}
