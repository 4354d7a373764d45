import HTTPTypes
import Hummingbird
import Kernel
import Logging

/// Turns an error into a page for people or `application/problem+json` for programs, and logs it once.
struct ErrorAnswer {
  let visit: Visit

  /// - Throws: `BrokenBody` only, which the server below must see.
  func response(to error: any Error) throws -> Response {
    if error is BrokenBody { throw error }
    let problem = Self.problem(of: error, site: visit.site, logger: visit.logger)
    var response = answer(problem)
    if let seconds = problem.retryAfter { response.headers[.retryAfter] = String(seconds) }
    return response
  }

  private func answer(_ problem: Problem) -> Response {
    if visit.wantsJSON { return .problem(problem, visit) }
    if problem.status == 401 {
      let reads = visit.request.method == .get || visit.request.method == .head
      guard !reads else { return .redirect(to: wayIn) }
      return .page(ErrorPages.signIn(problem, visit), visit, status: .unauthorized)
    }
    return .page(
      ErrorPages.problem(problem, visit), visit,
      status: HTTPResponse.Status(code: problem.status))
  }

  /// A shared tablet leads back to the household card, from whichever page the last neighbour left open.
  private var wayIn: String {
    SharedDevice.isOne(visit.request.headers, isSecure: visit.site.isSecure)
      ? SharedDevice.start : Self.signInPath(visit.target)
  }

  static func signInPath(_ target: String) -> String {
    "/sign-in?next=\(URLEncodedText.encode(LocalPath.checked(target)))"
  }

  /// Errors that nobody foresaw are told to the log by what may be said of them, and to the visitor by an id alone.
  static func problem(of error: any Error, site: Site, logger: Logger) -> Problem {
    switch error {
    case let problem as Problem:
      if problem.status >= 500 {
        logger.error("request failed", metadata: ["problem": "\(problem.code)"])
      } else {
        logger.debug("request refused", metadata: ["problem": "\(problem.code)"])
      }
      return problem
    case is CancellationError:
      logger.debug("request cancelled")
      return .internalFault
    default:
      logger.error("request failed", metadata: ["error": "\(site.describe(error))"])
      return .internalFault
    }
  }
}

/// Answers where not even the community is known: plain text in both languages, or problem+json.
enum BareAnswer {
  static func response(to error: any Error, for request: Request, site: Site, logger: Logger) -> Response {
    let problem = ErrorAnswer.problem(of: error, site: site, logger: logger)
    var response: Response
    if Visit.wantsJSON(request) {
      response = .problem(problem, language: .chinese, requestID: "")
    } else {
      let advice = problem.advice.map { "\n\($0.chinese)\n\($0.english)" } ?? ""
      response = .text("\(problem.title.chinese)\n\(problem.title.english)\(advice)\n")
      response.status = HTTPResponse.Status(code: problem.status)
    }
    response.headers[.cacheControl] = "no-store"
    if let seconds = problem.retryAfter { response.headers[.retryAfter] = String(seconds) }
    return response
  }
}
