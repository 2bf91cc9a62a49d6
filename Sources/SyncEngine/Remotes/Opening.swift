package import Models
internal import Storage

/// The remote that an address stands for: a bucket, a web server, an account on another machine, or else a folder.
///
/// Nothing is asked of it yet.
///
/// - Parameters:
///   - text: `s3://BUCKET/PREFIX`, `http://…`, `https://…`, `ssh://…`, or a path.
///   - environment: of the process: where credentials are, and what the user set about them.
package func openRemote(
    _ text: String, environment: [String: String], clock: @escaping @Sendable () -> Timestamp
) throws(SyncError) -> any Remote {
    guard let colon = text.firstIndex(of: ":"), text[colon...].hasPrefix("://") else { return FolderRemote(path: text) }
    switch text[..<colon].lowercased() {
    case "s3": return try S3Remote(text, environment: environment, options: S3Remote.Options(clock: clock))
    case "http", "https": return try HTTPRemote(text, environment: environment)
    case "ssh": return try SSHRemote(text)
    default:
        // The address itself may hold a password.
        throw .remote(
            "an address with '\(text[..<colon].prefix(32))'",
            .misconfigured("a remote is s3://BUCKET/PREFIX, https://HOST/PATH, ssh://HOST/PATH or a folder"))
    }
}
