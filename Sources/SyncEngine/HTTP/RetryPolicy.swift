internal import Glibc

/// How often something is tried that may have failed by chance, and how long is waited in between.
package struct RetryPolicy: Sendable {
    /// At least 1.
    package var attempts: Int
    /// Before the second try, in milliseconds; twice as long before each further one.
    package var pause: Int
    package var longestPause: Int
    package var sleep: @Sendable (_ milliseconds: Int) -> Void
    /// Any number from 0 up to this one: those who were turned away together must not come back together.
    package var jitter: @Sendable (Int) -> Int

    package init(
        attempts: Int = 6, pause: Int = 250, longestPause: Int = 20_000,
        sleep: @escaping @Sendable (Int) -> Void = { usleep(UInt32($0) * 1000) },
        jitter: @escaping @Sendable (Int) -> Int = { Int.random(in: 0...$0) }
    ) {
        self.attempts = attempts
        self.pause = pause
        self.longestPause = longestPause
        self.sleep = sleep
        self.jitter = jitter
    }

    /// - Parameter asked: what the server asks for, in seconds; it is given no more than the longest pause.
    func wait(after attempt: Int, asked: Int?) {
        let exponent = min(attempt - 1, 16)
        let longest = min(longestPause, pause << exponent)
        let wanted = min(longestPause, max(0, min(asked ?? 0, 3600)) * 1000)
        sleep(max(wanted, longest / 2 + jitter(longest - longest / 2)))
    }
}
