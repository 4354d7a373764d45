import Kernel
import Web

/// The ways in: telephone and password, the code after it, and the password once more.
enum SignInPages {
  static func signIn(_ visit: Visit, _ state: FormState, next: String, alerts: [HTML] = []) -> Page {
    let say = visit.say
    let parts = FormParts(state, say)
    let fields: HTML = """
      \(parts.hidden("next", next))\
      \(parts.text("phone", Phrase("电话", "Telephone number"), type: "tel", maximumLength: 40, autocomplete: "username", inputMode: "tel"))\
      \(parts.text("password", Phrase("密码", "Password"), type: "password", autocomplete: "current-password"))\
      \(parts.submit(Phrase("登录", "Sign in")))
      """
    let main: HTML = """
      <h1>\(say("登录", "Sign in"))</h1>\
      <p class="lead">\(say("欢迎回到\(say(visit.community.name))。", "Welcome back to \(say(visit.community.name))."))</p>\
      <section class="panel">\(parts.form(to: "/sign-in", token: visit.formToken, fields))</section>\
      \(otherWays(say))
      """
    return Page(title: say("登录", "Sign in"), main: main, alerts: alerts)
  }

  private static func otherWays(_ say: Wording) -> HTML {
    """
    <section class="card"><h2>\(say("还没有账号？", "No account yet?"))</h2>\
    <p class="actions"><a class="button quiet" href="/register">\(say("我住在这里，登记一下", "I live here: register"))</a> \
    <a class="button quiet" href="/invitation">\(say("我有邀请码", "I have an invitation"))</a> \
    <a class="button quiet" href="/card">\(say("用住户卡", "Use a household card"))</a></p>\
    <p class="hint">\(say("忘了密码？请打页面下方的电话，我们帮您。", "Forgot your password? Call the number below and we will help."))</p></section>
    """
  }

  static func code(_ visit: Visit, _ state: FormState, ticket: String, next: String, alerts: [HTML] = [])
    -> Page
  {
    let say = visit.say
    let parts = FormParts(state, say)
    let fields: HTML = """
      \(parts.hidden("next", next))\(parts.hidden("ticket", ticket))\
      \(parts.text("code", Phrase("六位验证码", "Six-digit code"), hint: Phrase("打开手机上的验证器，输入现在显示的数字。", "Open the authenticator on your phone and enter the digits it shows now."), maximumLength: 12, autocomplete: "one-time-code", inputMode: "numeric"))\
      \(parts.submit(Phrase("继续", "Continue")))
      """
    let main: HTML = """
      <h1>\(say("再确认一步", "One more step"))</h1>\
      <section class="panel">\(parts.form(to: "/sign-in/code", token: visit.formToken, fields))</section>\
      <p><a href="/sign-in">\(say("重新登录", "Start again"))</a></p>
      """
    return Page(title: say("验证码", "Code"), main: main, alerts: alerts)
  }

  /// Asks a signed-in person for the password again.
  static func confirm(_ signedIn: SignedIn, _ state: FormState, next: String, alerts: [HTML] = []) -> Page {
    let say = signedIn.say
    let parts = FormParts(state, say)
    let fields: HTML = """
      \(parts.hidden("next", next))\
      \(parts.text("password", Phrase("密码", "Password"), type: "password", autocomplete: "current-password"))\
      \(parts.submit(Phrase("确认是我", "Confirm that it is me")))
      """
    let main: HTML = """
      <h1>\(say("确认是您本人", "Confirm that it is you"))</h1>\
      <p>\(say("这一步比较重要，请再输入一次密码。", "This step matters, so please enter your password once more."))</p>\
      <section class="panel">\(parts.form(to: "/sign-in/again", token: signedIn.formToken, fields))</section>
      """
    return Page(title: say("确认是您本人", "Confirm that it is you"), main: main, alerts: alerts)
  }
}
