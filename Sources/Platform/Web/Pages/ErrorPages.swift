import Kernel

/// Pages that say what happened, what to do next, whom to call, and under which number to find it.
enum ErrorPages {
  static func problem(_ problem: Problem, _ visit: Visit) -> Page {
    let say = visit.say
    return Page(
      title: say(problem.title),
      main: """
        <section class="panel trouble"><h1>\(say(problem.title))</h1>\(advice(problem, say))\
        \(fields(problem, say))\(telephone(visit))\
        <p class="actions"><a class="button" href="/">\(say("回到首页", "Back to the start"))</a></p>\
        <p class="reference">\(say("编号", "Reference")) <code>\(visit.requestID)</code></p></section>
        """)
  }

  static func signIn(_ problem: Problem, _ visit: Visit) -> Page {
    let say = visit.say
    let next = ErrorAnswer.signInPath("/")
    return Page(
      title: say(problem.title),
      main: """
        <section class="panel trouble"><h1>\(say(problem.title))</h1>\
        <p>\(say("您离开得有点久，登录已经结束；刚才的操作没有生效。", "You were away for a while and have been signed out; nothing was changed."))</p>\
        <p class="actions"><a class="button" href="\(next)">\(say("登录", "Sign in"))</a></p>\
        \(telephone(visit))</section>
        """)
  }

  private static func advice(_ problem: Problem, _ say: Wording) -> HTML {
    problem.advice.map { "<p class=\"lead\">\(say($0))</p>" } ?? .empty
  }

  private static func fields(_ problem: Problem, _ say: Wording) -> HTML {
    guard !problem.fields.isEmpty else { return .empty }
    let items = problem.fields.prefix(50).map { field -> HTML in
      let line = field.line.map { say("第 \($0) 行 ", "line \($0) ") } ?? ""
      return "<li>\(line)<code>\(field.field)</code> \(say(field.message))</li>"
    }
    return "<ul>\(items)</ul>"
  }

  private static func telephone(_ visit: Visit) -> HTML {
    let say = visit.say
    let number = visit.community.phoneNumber
    return """
      <p>\(say("也可以打电话，会有人帮您：", "You can also call, and someone will help:")) \
      <a class="phone" href="tel:\(number.filter { $0.isASCII && ($0.isNumber || $0 == "+") })">\(number)</a></p>
      """
  }
}
