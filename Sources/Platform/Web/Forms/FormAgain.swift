import HTTPTypes
package import Hummingbird
package import Kernel

/// A form that could not be taken as it was: shown again with everything typed, or told to a program.
package enum FormAgain {
  /// Does the work, and shows the form again where what was sent can be mended.
  ///
  /// - Parameter page: the page for what was typed, with notices above it.
  package static func answer(
    _ visiting: some Visiting, _ form: Form, page: (FormState, [HTML]) async throws -> Page,
    work: () async throws -> Response
  ) async throws -> Response {
    do {
      return try await work()
    } catch let problem as Problem where problem.status < 500 && problem.code != "not_found" {
      if visiting.visit.wantsJSON { throw problem }
      var response = Response.page(
        try await page(FormState(form, problem), notices(problem, visiting.visit.say)), visiting,
        status: HTTPResponse.Status(code: problem.status))
      if let seconds = problem.retryAfter { response.headers[.retryAfter] = String(seconds) }
      return response
    }
  }

  /// What is wrong as a whole; problems of single fields are told at their fields.
  package static func notices(_ problem: Problem, _ say: Wording) -> [HTML] {
    guard problem.fields.isEmpty else { return [] }
    let advice = problem.advice.map { " \(say($0))" } ?? ""
    return [PageParts.notice(say(problem.title) + advice, .bad)]
  }
}

extension SignedIn {
  /// The notice on a page to which a form has led that did what it should.
  package var savedNotice: [HTML] {
    query("saved").map { _ in [PageParts.notice(say("已保存。", "Saved."), .good)] } ?? []
  }
}
