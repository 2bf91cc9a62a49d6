import ArgumentParser
import Capturing
import Storage

/// How web pages are asked for.
struct FetchChoice: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "An address or URL by which a site can reach you; it is told to every site with stet's own name.",
            valueName: "contact"))
    var contact: String?

    @Flag(help: "Fetch what robots.txt does not allow, too; that it was so is recorded with each capture.")
    var ignoreRobots = false

    @Option(help: ArgumentHelp("Seconds between two requests to one host.", valueName: "seconds"))
    var delay: Double = 1

    @Option(help: ArgumentHelp("Give a page up after so many seconds.", valueName: "seconds"))
    var timeout: Int = 120

    @Option(help: ArgumentHelp("Give a page up that is larger.", valueName: "MiB"))
    var maxSize: Int = 64

    @Option(help: ArgumentHelp("'images': capture the images of each article with it.", valueName: "what"))
    var requisites: Requisites?

    enum Requisites: String, ExpressibleByArgument, CaseIterable { case images }

    func validate() throws {
        guard delay >= 0, delay <= 3600 else { throw ValidationError("--delay is from 0 to 3600 seconds") }
        guard (1...86_400).contains(timeout) else { throw ValidationError("--timeout is from 1 to 86400 seconds") }
        guard (1...1024).contains(maxSize) else { throw ValidationError("--max-size is from 1 to 1024 MiB") }
    }

    func options() throws -> FetchOptions {
        var options = FetchOptions()
        options.agent = FetchOptions.agent(Version.tool, contact: contact)
        options.ignoresRobots = ignoreRobots
        options.delay = Int(delay * 1000)
        options.totalSeconds = timeout
        options.connectSeconds = min(options.connectSeconds, timeout)
        options.idleSeconds = min(options.idleSeconds, timeout)
        options.largestBody = maxSize << 20
        options.authorities = Environment.variable("CURL_CA_BUNDLE") ?? Environment.variable("SSL_CERT_FILE")
        options.proxies = Proxies(
            http: Environment.variable("http_proxy"),
            https: Environment.variable("https_proxy") ?? Environment.variable("HTTPS_PROXY"),
            all: Environment.variable("all_proxy") ?? Environment.variable("ALL_PROXY"),
            exceptions: Environment.variable("no_proxy") ?? Environment.variable("NO_PROXY"))
        return options
    }
}
