package import Models
internal import Storage

/// Where a bucket is and who we are there, as AWS's own tools would find out.
package struct S3Settings: Sendable {
    /// Scheme, host and port.
    package let endpoint: WebAddress
    /// The bucket is the first part of the path, not of the host name.
    package let isPathStyle: Bool
    package let region: String
    package let accessKey: String
    package let secretKey: String
    package let sessionToken: String?
    package let certificates: String?

    /// What is missing or wrong, for people. Never holds a secret.
    package struct Complaint: Error {
        package let reason: String
        init(_ reason: String) { self.reason = reason }
    }

    package init(for address: S3Address, environment: [String: String]) throws(Complaint) {
        let profile = try Profile(environment)
        let (access, secret, token) = try Self.credentials(environment, profile)
        accessKey = access
        secretKey = secret
        sessionToken = token
        region =
            environment.text("AWS_REGION") ?? environment.text("AWS_DEFAULT_REGION") ?? profile["region"] ?? "us-east-1"
        guard region.allSatisfy({ $0 == "-" || ($0.isASCII && ($0.isLetter || $0.isNumber)) }) else {
            throw Complaint("AWS_REGION is not the name of a region")
        }
        certificates = environment.text("AWS_CA_BUNDLE") ?? profile["ca_bundle"]
        let custom = try Self.endpoint(environment, profile)
        if let custom {
            endpoint = custom
        } else {
            let domain = region.hasPrefix("cn-") ? "amazonaws.com.cn" : "amazonaws.com"
            guard let own = WebAddress("https://s3.\(region).\(domain)") else {
                throw Complaint("AWS_REGION is not the name of a region")
            }
            endpoint = own
        }
        switch profile["s3.addressing_style"] {
        case "virtual": isPathStyle = false
        case "path": isPathStyle = true
        default: isPathStyle = custom != nil || !address.isHostName
        }
        guard isPathStyle || address.isHostName else {
            throw Complaint("the bucket's name cannot be part of a host name: set addressing_style = path")
        }
    }

    private static func credentials(
        _ environment: [String: String], _ profile: Profile
    ) throws(Complaint) -> (String, String, String?) {
        if let access = environment.text("AWS_ACCESS_KEY_ID") {
            guard let secret = environment.text("AWS_SECRET_ACCESS_KEY") else {
                throw Complaint("AWS_ACCESS_KEY_ID is set and AWS_SECRET_ACCESS_KEY is not")
            }
            return (access, secret, environment.text("AWS_SESSION_TOKEN"))
        }
        if let access = profile.credential("aws_access_key_id") {
            guard let secret = profile.credential("aws_secret_access_key") else {
                throw Complaint("profile '\(profile.name)' has aws_access_key_id and no aws_secret_access_key")
            }
            return (access, secret, profile.credential("aws_session_token"))
        }
        for name in ["role_arn", "sso_session", "sso_start_url", "credential_process", "web_identity_token_file"]
        where profile[name] != nil {
            throw Complaint(
                "profile '\(profile.name)' gets its keys by \(name), which stet cannot: run "
                    + "'eval \"$(aws configure export-credentials --format env)\"' first")
        }
        throw Complaint(
            "there are no credentials for it: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE to a "
                + "profile in ~/.aws/credentials")
    }

    private static func endpoint(_ environment: [String: String], _ profile: Profile) throws(Complaint) -> WebAddress? {
        let found: (name: String, value: String)?
        if environment.text("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")?.lowercased() == "true" {
            found = nil
        } else if let url = environment.text("AWS_ENDPOINT_URL_S3") {
            found = ("AWS_ENDPOINT_URL_S3", url)
        } else if let url = environment.text("AWS_ENDPOINT_URL") {
            found = ("AWS_ENDPOINT_URL", url)
        } else {
            found = (profile.serviceEndpoint ?? profile["s3.endpoint_url"] ?? profile["endpoint_url"]).map {
                ("endpoint_url", $0)
            }
        }
        guard let found else { return nil }
        // Without the value: it may hold a password.
        guard let address = WebAddress(found.value), !found.value.contains("@"), address.path == "/",
            address.query == nil, !found.value.contains("#")
        else { throw Complaint("\(found.name) is not of the form https://host or http://host:port") }
        return address
    }
}

/// One profile, out of both files.
private struct Profile {
    let name: String
    private let credentials: [String: String]
    private let config: [String: String]
    let serviceEndpoint: String?

    init(_ environment: [String: String]) throws(S3Settings.Complaint) {
        let chosen = environment.text("AWS_PROFILE") ?? environment.text("AWS_DEFAULT_PROFILE")
        let name = chosen ?? "default"
        self.name = name
        let home = environment.text("HOME").map { "\($0)/.aws" }
        let files: (AWSProfiles?, AWSProfiles?)
        do throws(FileError) {
            let read = { (path: String?) throws(FileError) in
                try path.flatMap { path throws(FileError) in try AWSProfiles.read(path) }
            }
            files = (
                try read(environment.text("AWS_SHARED_CREDENTIALS_FILE") ?? home.map { "\($0)/credentials" }),
                try read(environment.text("AWS_CONFIG_FILE") ?? home.map { "\($0)/config" })
            )
        } catch {
            throw S3Settings.Complaint(error.description)
        }
        let sections = files.1?.sections ?? [:]
        let own = files.0?.sections[name]
        let settings = sections["profile \(name)"] ?? (name == "default" ? sections[name] : nil)
        credentials = own ?? [:]
        config = settings ?? [:]
        serviceEndpoint = config["services"].flatMap { sections["services \($0)"]?["s3.endpoint_url"] }
        if own == nil, settings == nil, let chosen, environment.text("AWS_ACCESS_KEY_ID") == nil {
            throw S3Settings.Complaint("there is no profile '\(chosen)' in ~/.aws/credentials or ~/.aws/config")
        }
    }

    subscript(name: String) -> String? { config.text(name) }

    /// Keys may stand in either file; those in the credentials file win.
    func credential(_ name: String) -> String? {
        (credentials["aws_access_key_id"] != nil ? credentials : config).text(name)
    }
}

extension [String: String] {
    /// The value, unless it is empty, which means the same as none.
    fileprivate func text(_ name: String) -> String? { self[name].flatMap { $0.isEmpty ? nil : $0 } }
}
