import Kernel

extension ExpressionProblem {
  /// - Parameter offset: the place of the character, counted from 0.
  static func at(_ offset: Int, _ message: Phrase) -> ExpressionProblem {
    ExpressionProblem(position: offset + 1, message: message)
  }
}

/// What is said of a text that is no expression, with what to write instead.
extension Phrase {
  static let expressionTooLong = Phrase(
    "表达式最多 \(ExpressionLimits.length) 个字。",
    "An expression may have at most \(ExpressionLimits.length) characters.")

  static let expressionTooDeep = Phrase(
    "括号和函数最多套 \(ExpressionLimits.depth) 层。",
    "Parentheses and functions may stand inside each other at most \(ExpressionLimits.depth) deep.")

  static let expressionTooManyDigits = Phrase(
    "一个数最多 \(ExpressionLimits.digits) 位。", "A number may have at most \(ExpressionLimits.digits) digits.")

  static let expressionEmpty = Phrase("表达式是空的。", "The expression is empty.")

  static let expressionPath = Phrase(
    "这里不能用路径（/、..、@、::、[ ]）。要用一道题的答案，请写 ${名称}。",
    "Paths (/, .., @, ::, [ ]) cannot be used here. For the answer to a question write ${name}.")

  static let expressionDoubleEqual = Phrase("相等只写一个“=”。", "Equality is a single “=”.")

  static let expressionOpenText = Phrase(
    "从这里开始的文字没有引号收尾。", "The text that begins here has no closing quote.")

  static let expressionVariable = Phrase(
    "“$”后面要写“{名称}”：${名称}。", "After “$” comes “{name}”: ${name}.")

  static let expressionOpenReference = Phrase("“${”后面没有“}”。", "There is no “}” after this “${”.")

  static let expressionNoValue = Phrase("这里缺一个值。", "A value is missing here.")

  static let expressionNoJoin = Phrase(
    "两个值之间要有运算符，如 and、or、=、+。",
    "Between two values there has to be an operator, such as and, or, = or +.")

  static let expressionOpenParenthesis = Phrase("这个括号没有合上。", "This parenthesis is not closed.")

  static let expressionStrayParenthesis = Phrase(
    "多了一个右括号。", "There is a closing parenthesis too many.")

  static let expressionStrayComma = Phrase(
    "逗号只能在函数的括号里。", "A comma can only stand inside the parentheses of a function.")

  static let expressionQuotedReference = Phrase(
    "引号里的 ${ } 不会换成答案。要用答案，请把 ${名称} 写在引号外面。",
    "Inside quotes ${ } does not stand for an answer. Write ${name} without quotes.")

  static let expressionChoiceName = Phrase(
    "jr:choice-name 先写选项的名称，再写加引号的题目：jr:choice-name(${颜色}, '${颜色}')。",
    "jr:choice-name takes the name of a choice, then the question in quotes: jr:choice-name(${colour}, '${colour}')."
  )

  static let expressionPattern = Phrase(
    "regex 的第二个值要直接写在引号里：regex(., '[0-9]{11}')。",
    "The second value of regex is written out in quotes: regex(., '[0-9]{11}').")

  static let expressionDate = Phrase(
    "这不是日期。请写成 2026-11-28 的样子。", "This is no date. Please write it like 2026-11-28.")

  static func expressionNoName(_ name: String) -> Phrase {
    Phrase(
      "“\(name)”不能是题目的名称。“${”和“}”之间只写名称，不留空格。",
      "“\(name)” cannot be the name of a question. Between “${” and “}” stands only the name, without spaces."
    )
  }

  static func expressionWrite(_ right: String, for written: String) -> Phrase {
    Phrase("这里不能写“\(written)”，请写“\(right)”。", "Instead of “\(written)” please write “\(right)” here.")
  }

  static func expressionNoOperator(_ name: String) -> Phrase {
    let small = name.lowercased()
    guard small != name, ExpressionOperator(rawValue: small) != nil else { return expressionNoJoin }
    return expressionWrite(small, for: name)
  }

  static func expressionNoFunction(_ name: String) -> Phrase {
    let small = name.lowercased()
    guard small == name || ExpressionFunction(rawValue: small) == nil else {
      return expressionWrite(small, for: name)
    }
    return Phrase("这里不能用函数 \(name)()。", "The function \(name)() cannot be used here.")
  }

  static func expressionArguments(_ function: ExpressionFunction, _ count: Int) -> Phrase {
    let (least, most) = (function.argumentCount.lowerBound, function.argumentCount.upperBound)
    let wanted =
      least == most ? Phrase(same: "\(least)") : Phrase("\(least) 到 \(most)", "\(least) to \(most)")
    return Phrase(
      "\(function.rawValue)() 的括号里要有 \(wanted.chinese) 个值，这里有 \(count) 个。",
      "\(function.rawValue)() takes \(wanted.english) values in its parentheses; here are \(count).")
  }

  /// A bare name that nothing allows.
  static func expressionBareName(_ name: String) -> Phrase {
    if ExpressionFunction(rawValue: name)?.argumentCount == 0...0 {
      return expressionWrite("\(name)()", for: name)
    }
    return Phrase(
      "“\(name)”：要用一道题的答案，请写 ${\(name)}；要写文字，请加直引号：'\(name)'。",
      "“\(name)”: for the answer to a question write ${\(name)}; for plain text use straight quotes: '\(name)'."
    )
  }

  /// A sign that means nothing where it stands.
  static func expressionSign(_ sign: Unicode.Scalar, isAfterOperand: Bool) -> Phrase {
    if ExpressionScanner.bentQuotes.contains(sign) { return FormSpelling.straightQuotes }
    if let right = rightSigns[sign] { return expressionWrite(right, for: String(sign)) }
    if (0xFF01...0xFF5E).contains(sign.value), let narrow = Unicode.Scalar(sign.value - 0xFEE0) {
      return Phrase(
        "“\(sign)”是全角的，请换成半角的“\(narrow)”。", "“\(sign)” is a wide sign; please write the narrow “\(narrow)”.")
    }
    if sign == "/", isAfterOperand { return expressionWrite("div", for: "/") }
    if "/@[]|*".unicodeScalars.contains(sign) { return expressionPath }
    return Phrase("这里不能有“\(sign)”。", "“\(sign)” cannot stand here.")
  }

  private static let rightSigns: [Unicode.Scalar: String] = [
    "%": "mod", "&": "and", "÷": "div", "×": "*", "≠": "!=", "≤": "<=", "≥": ">=", "−": "-", "–": "-",
    "—": "-", "、": ",", "。": ".", "\u{3000}": " ", "\u{A0}": " ",
  ]
}
