import Kernel
import Web

enum SpokenCodePages {
  /// How the sheet stands, and the button that prints a new one.
  static func state(
    _ signedIn: SignedIn, _ person: Person, _ sheet: SpokenSheet?, alerts: [HTML] = []
  ) -> Page {
    let say = signedIn.say
    let title = say("\(person.displayName)的电话密码纸", "Spoken codes of \(person.displayName)")
    let path = "/desk/people/\(person.id)/spoken-codes"
    let standing =
      sheet.map { sheet in
        say(
          "第 \(sheet.generation) 张，\(say.day(sheet.printedAt))打印，还剩 \(sheet.left) 个号码。",
          "Sheet \(sheet.generation), printed \(say.day(sheet.printedAt)); \(sheet.left) codes are left.")
      } ?? say("还没有密码纸。", "There is no sheet yet.")
    let main: HTML = """
      <h1>\(title)</h1><p class="lead">\(standing)</p>\
      <p>\(say("打电话替老人下单时，请本人念出下一个号码。号码只印在这张纸上，谁也查不到；印了新的，旧的就作废。", "When an order is read back on the telephone, the person says the next code. The codes are on this sheet only; a new sheet makes the old one worthless."))</p>\
      <p>\(say("请封好交给本人。替他代办的人不能打印，也不该看到。", "Hand it over sealed. Whoever helps this person can neither print nor should see it."))</p>\
      \(PageParts.button(say("打印一张新的", "Print a new sheet"), to: path, token: signedIn.formToken))\
      <p><a href="/desk/people/\(person.id)/mandates">\(say("返回", "Back"))</a></p>
      """
    return Page(title: title, kind: .staff, main: main, alerts: alerts)
  }

  static func print(_ signedIn: SignedIn, _ person: Person, _ generation: Int64, _ codes: [String]) -> Page {
    let say = signedIn.say
    let items = codes.enumerated().map { index, code -> HTML in
      "<tr><th scope=\"row\">\(index + 1)</th><td class=\"code\">\(code)</td><td>☐</td></tr>"
    }
    let halves = [Array(items.prefix(10)), Array(items.dropFirst(10))].map { rows -> HTML in
      "<table class=\"spoken-codes\"><tbody>\(rows)</tbody></table>"
    }
    let main: HTML = """
      <div class="print large-type"><h1>\(say("电话密码纸", "Codes to say on the telephone"))</h1>\
      <p class="lead">\(person.displayName) · \(say("第 \(generation) 张", "Sheet \(generation)"))</p>\
      <p>\(say("我们打电话来核对您要买的东西，听着没错，就念我们问的那一号后面的四个数字，念完打个勾。别的时候谁问也别念。", "When we call to read back what you want and it is right, read out the four digits after the number that we ask for, and tick it. Tell them to nobody at any other time."))</p>\
      <div class="spoken-sheet">\(halves)</div>\
      <p>\(say("纸丢了，打电话：", "Lost it? Call")) ☎ \(signedIn.community.phoneNumber)</p></div>\
      <p class="actions"><a class="button quiet" href="/desk/people/\(person.id)/spoken-codes">\(say("打印后返回", "Back after printing"))</a></p>
      """
    return Page(title: say("电话密码纸", "Spoken codes"), kind: .print, main: main)
  }
}
