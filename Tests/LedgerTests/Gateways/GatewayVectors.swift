/// What an independent implementation signed and encrypted: the cryptography package of Python, with the keys of
/// `GatewayKeys`, at 2026-11-26T00:00:00Z.
enum GatewayVectors {
  /// A payment of 19.99 yuan for `order_0000000001`, signed by `platform`.
  static let notification = """
    {"id":"EV-2018022511223320873","create_time":"2026-11-26T07:59:59+08:00","resource_type":"encryp\
    t-resource","event_type":"TRANSACTION.SUCCESS","summary":"支付成功","resource":{"original_type":"tra\
    nsaction","algorithm":"AEAD_AES_256_GCM","ciphertext":"kdUr4QkDYKIkuIf5oaUr1QfmdGw7FWY8cYgJj5mxR\
    T53mnJhO9jRXfXptYefDteH7jHVjwK5Rf2iEpmGnesDE3SiAnK04/e7TzRWnOBEZaQYbvh8TgnNLEeqKnSKI35uL0M5utBmB\
    pIw/bBJyP0ZAY6eWiiP88Q2YAGo1qjeMWJibr5KZtDBXutDl6j+1l7f/ssn4VzY/454t8EYq2PWNNxbVt1DB4nZ92ukIAtmR\
    O+PC2/BBH0Uvp0FyLWOHCpFz/pD5hGNmj3FC4/lJ3sIzFgneN+/QCQ4hnaTaarFeTWdW+lBaNwyo2E7tjMI+5XPFNtnqroTL\
    7KyN0xsxn9gdn5pf2peh+tHuVQ7rds8hdPhE6nDROBDEbCCoVEQa17p5nDOoIZn1Bo0oP8NEHHnPFbluSxCKizZBuDBxFovq\
    mhjwSDhanBAlBu9DOSLzLYqAtzZQPE4tlfF7WzDr2l4VLcNBTJvU5In1KuoX0CG1jqbjBDPNVM+AjVj6nUr3dduDuA6t56Wc\
    MUTSTJ5d3HbBLASJwH+HQMb+b53IiF5glSOEizr6qHDuIK8NkxDQM5s1UfMHHMKoQk5qbdM223SxiW6QKcQzGLV9VTAvw=="\
    ,"associated_data":"transaction","nonce":"fdasflkja484"}}
    """

  static let notificationSignature = """
    c6DptS/lf5fIgfA8xL5mV5I3rTDbn2RraD7RQW3DlIG2M/WH40isEdVMYuwTYH/oq99RN+WO2qpG73OmExOKpi6q+Zh9RRWk\
    WEQnvNWd/4df/5XxRsOy2IYX9aoZUukWqQGYkiUHh1T5MzKxe2mxZ8aB1WOjj+piAdZTs2PR9KY3p5AfL+mp9lQ0GPGwu6DK\
    OcdhiAiszvJ3c90R3hzvY6/o6a9zFskDaKrirezI2jpGGLM7o3yu2Cy6pox0S2fGQbuXCczIgzDKwTUduz79Fd/2s5cTwvyQ\
    BGT00MNQdyKIW08feQGdNnPYaQVzxJ1cT3qUAsyLt0aLzFouuePkfA==
    """

  static let nonce = """
    593BEC0C930BF1AFEB40B4A08C8FB242
    """

  /// What we send to have it paid by a code.
  static let nativeOrder = """
    {"appid":"wxd678efh567hg6787","mchid":"1900000109","description":"团购 11 月 26 日","out_trade_no":"\
    order_0000000001","time_expire":"2026-11-26T08:15:00+08:00","notify_url":"https://shop.example/p\
    ay/wechat","amount":{"total":1999,"currency":"CNY"}}
    """

  static let nativeOrderSignature = """
    MQPQ1bbIRsTM6Ke0ttDZbVVIndmqUa6URbOTZIFGgZzoAtiVVEVmu0NDaHECtkuZdOn4W+BhF+8+ZBitzdk84EX6/W6keIdJ\
    MK93gz/TKvanmS3nd+8XYP+ddzLS2I7M0gYQyLq+zTDwna1+HFCBNIbQ/BfT1NDhs+syKba7B33fU5+5gi/uc6h+qW2XZ+wU\
    5Sq7ZA2kFGixQOcgCwYoTvko8ru0ulQmWaHKJ8tiYk1l42aQVxmQjU5PZ4sQa713TxytbfoZiRenqRnL4cmVVN1UaIlbmzHj\
    WydHPoCHrIAit1Iq8jv59g/itoHztDKYMrhME/hOP1KNM7dogDDQQQ==
    """

  static let querySignature = """
    GQUdWUTgkrGccAXXlTjRB8Kzgf8WHPC50fn8KxOvSY0tHujbkUQlQBmgaGWT36QPwWA1JydEoDjwDW0yY/X6CpyXmLgrMh6o\
    98otz+mmoH/acOWVt4hinzTwuGc4Y9E27ChZGtRqYbNcen0LeQPKptQhIAF8ElC40PHNLQBQBHps3lnIeLFCkcHPwp5fmkbk\
    3xUVRi+PkwkIouMoXHZABrf1+IUFr9nNoajWUEodWovi/sEOSV21aqAb/ko8bdimHoBkwgmD6S0rHWErYRBSQhEpklUATv93\
    3rMja42PdM1Ilz/w/C6dq+Z0d0ia5IG6dSWsJczRXf7qUBM510MIVA==
    """

  /// Of the call inside WeChat for `wx201410272009395522657a690389285100`.
  static let callSignature = """
    PV87zjjX8RzFNHL8kgd7xCjTdhhEiGhhe3iDi6/lRTUuyWOO7hqoXykOCnJT3JXvifcUJR3NzxFw1nyCSxjK1m/unSGJA7k8\
    2eO3EN9uW7JwDpB3iif+8HmeHIFN9yrbpn7FmGBjVMSDKRpdq30psOE0k9H23GhK2EpAJ8nKxh2xbP5wvlfDbQLBAriRar1T\
    Y270b1gzUrNzQX5xBdu6JH12vteuYjFiBgLKGGxyJnwB3jOv/xlPRyfsomHYWodUR3d/6S+NOMUkZXP/5mAtsNvAJIoBmng4\
    WH+OVh8fFnH8QVTJ0CD2vcTDwcUXqSuXydp2u927EOz8aOauI8MVcQ==
    """

  /// The same payment at Alipay, signed by `alipay`.
  static let alipayNotification = """
    notify_time=2026-11-26+08%3A00%3A00&notify_type=trade_status_sync&notify_id=20261126002220800000\
    00001&charset=utf-8&version=1.0&sign_type=RSA2&app_id=2021000000000001&auth_app_id=2021000000000\
    001&trade_no=2026112622001400000000000001&out_trade_no=order_0000000001&buyer_id=208800000000000\
    9&seller_id=2088000000000001&trade_status=TRADE_SUCCESS&total_amount=19.99&receipt_amount=19.99&\
    subject=%E5%9B%A2%E8%B4%AD+%26+11%3D26+%2B1&gmt_create=2026-11-26+07%3A59%3A50&gmt_payment=2026-\
    11-26+07%3A59%3A58&fund_bill_list=%5B%7B%22amount%22%3A%2219.99%22%2C%22fundChannel%22%3A%22PCRE\
    DIT%22%7D%5D&body=&sign=SwrKvzdRhhn6Q3n9cU1blYvs5NmtbgyFr9iWNBbjYCWax7xdVq1rteP7IF2csLfHXswZwk6o\
    QGU%2F8xlssQ60XEung4%2Bnrty3U7hj8D%2Bfl5mNDXyjkR%2FYW8hviEdlYcLFXlg1mfO%2FUCPq4f%2Bu3rbQqhO6lvD9\
    J7dwGliIqlK%2BglToJ7PnxE9DWGNRFLml4RuBlvCIYyntd%2B5zixkTBSrUG4r5aQ3WrDmGXhMLqAlX4X6x8Y%2BqpaPvxu\
    R054ieYfTS7D4jXKDrZskGJUwzrkBqn3vKwPkmEdvoBvau99ieSSKOctZXymmsAbxYb2cWHWPgkeu09zzBU04L6IN3MmR5xA\
    %3D%3D
    """

  /// Of our request for a code at Alipay.
  static let precreateSignature = """
    O+UY2iFF0w28H0Rx0mskc+IN1fRFtmSfequFbpthhPHhZtUjhwpb+W5JBznC1+hq8azu/EknUNME5Xeclb9+Hpze+TVz84OD\
    f5UZUhSGTaGehjPWFfXkavYx8JFDKlPCPfJ8XC+Lb6ENhTKTP1e4huxHDXWrGkoaS3PZZOnc/BXLfX4rFTGAOfVFULbOiG8c\
    5Qkm5P+Tlk7e83RLkMVOIVviZp9WQIG0CmpB/RiziIUgrEZDYDvfx8bOH3qhhMlES3Yb+FX5W60aWEFaHzmfR1Wu+iRFUlvE\
    doqrHhDBWPDwvhLNlNfJnPR5jQJx8QAlj/WnQcwcXreD/siGl+C1VQ==
    """

  /// Alipay's answer to a query, with spaces, escapes and a brace in its text.
  static let alipayAnswer = """
    {"alipay_trade_query_response":{"code":"10000","msg":"Success","buyer_logon_id":"ali***@alipay.c\
    om","out_trade_no":"order_0000000001","send_pay_date":"2026-11-26 07:59:58", "total_amount":"19.\
    99","trade_no":"2026112622001400000000000001","trade_status":"TRADE_SUCCESS","note":"a \\"quoted}\
     brace\\/"},"sign":"a/8jAqxhcNCwGPrTFje3Fwnym3bOuh70OxpR4/r0EjyFzsW4v/WswOn2DZxejy5Nax7N6pC7wsGv8\
    7vVY4WVA1rmqiHZUJTybggUP85+2W42N8DbKEQkfdqqceBZaP1JMIR7LzmnQ9M8l2vfDUPJm48xytkaoWErS4R84dMZ4uoOR\
    O/mZHKS7vh2detI64vIudVUosuqARG5BVkKpAR/pJLMUnqBJLBa7EInHedkIazeLVEBQHoMYgEZCKjEtgTaVjIAhvSt0N245\
    1b6JUY80hPsFRX+ImNaRSd1veuVXjNcWeNSN6qnXAe+79SIUCNXsKHI4ucKitkBWwZINDWjYg=="}
    """
}
