/// Passwords of eight or more characters that are tried first everywhere, and those that Chinese sites see most.
/// Shorter ones are refused by their length, repetitions and sequences by rule.
enum CommonPasswords {
  static func contains(_ password: String) -> Bool { all.contains(password) }

  private static let all = Set(list.split(whereSeparator: \.isWhitespace).map(String.init))

  private static let list = """
    password password1 password12 password123 password1234 passw0rd p@ssw0rd p@ssword pass1234 passpass
    password! password01 mypassword changeme change123 welcome1 welcome123 letmein1 letmein123 iloveyou
    iloveyou1 iloveyou2 ilovethis princess princess1 sunshine sunshine1 football football1 baseball
    baseball1 superman superman1 batman123 trustno1 whatever starwars computer internet samsung1
    michael1 jennifer jordan23 michelle charlie1 liverpool chelsea1 arsenal1 barcelona realmadrid
    master123 mustang1 shadow123 dragon123 monkey123 killer123 freedom1 hello123 hello1234 helloworld
    abc12345 abc123456 abcd1234 abcde12345 a1234567 a12345678 a123456789 aa123456 aa123456789 aa12345678
    aaa123456 asd123456 asdf1234 asdfghjk asdfghjkl asdfasdf asdasdasd asd12345 1q2w3e4r 1q2w3e4r5t
    1q2w3e4r5t6y 1qaz2wsx 1qaz2wsx3edc 1qazxsw2 1qaz@wsx 2wsx3edc qazwsxedc qazwsx123 q1w2e3r4 q1w2e3r4t5
    qwer1234 qwe123456 qwer123456 qwerty12 qwerty123 qwerty1234 qwerty12345 qwertyui qwertyuiop qwertyuiop123
    zxcvbnm1 zxcvbnm123 zxc123456 zaq12wsx zaq1zaq1 zxcasdqwe zxcvbnma poiuytrewq lkjhgfdsa mnbvcxz1
    12345678 123456789 1234567890 12345678910 123456789a 12345678a 12345678q 123456789q 1234567a 1234567q
    123456aa 123456ab 123456abc 123456qq 123456asd 123456qwe 123456zxc 123456aaa 12345qwert 1234qwer
    123qwe123 123qweasd 123qweasdzxc 123abc123 123123123 123123123a 123123qwe 123321123 123654789
    147258369 147852369 159357456 159753456 963852741 987654321 9876543210 741852963 789456123 789456123a
    11112222 11223344 1122334455 112233445566 11235813 12121212 12341234 12344321 123454321 1234554321
    12301230 00001111 01234567 0123456789 0987654321 10203040 1020304050 13131313 14141414 20002000
    20102010 20202020 22223333 23232323 31415926 31415926535 33445566 44445555 52013140 55667788 66668888
    66778899 77778888 78787878 87654321 88886666 88889999 99998888 98989898 99887766 qq123456 qq123456789
    qq12345678 qq1234567 qq5201314 qq1314520 wang1234 wang123456 wangjian wangwang zhang123 zhang123456
    zhangwei zhangjie zhangjing zhanglei zhangyang liwei123 li123456 liu123456 chen123456 yang123456
    huang123 zhao123456 zhou123456 lin123456 xiaoming xiaohong xiaojing xiaoxiao xiaolong xiaowei
    woaini520 woaini521 woaini1314 woaini123 woaini1234 woaini123456 woaini5201314 woaini1314520
    woaiwojia woaiwo123 woaimama woaibaba woaizhongguo woshishui woshiwo123 wo123456 nihao123 nihao123456
    nihaoma1 5201314a a5201314 5201314qq 52013145 5201314520 5201314123 1314520a a1314520 13145200 1314520520
    5211314a 15201314 iloveyou520 iloveyou1314 love1314 love5201314 baobao123 baobei520 baobei123
    laopo520 laogong520 mima1234 mima123456 mimamima wodemima yonghu123 admin123 admin1234 admin12345
    admin123456 admin888 admin666 administrator root1234 root123456 test1234 test12345 test123456 testtest
    guest123 user1234 user123456 demo1234 demo123456 temp1234 secret123 default1 system123 server123
    manager1 company123 office123 welcome@123 admin@123 admin@1234 abc@1234 abc@12345 aa@123456 a@123456
    p@ssw0rd1 p@ssw0rd123 p@55w0rd pa$$w0rd qwe!@#123 qwer!@#$ 1qaz!qaz 1qaz!@#$ 123!@#qwe !@#$%^&*
    !qaz2wsx !qaz@wsx zaq!2wsx 12345678! 123456789! abcd@1234 abcd1234! aa112233 aa112211 a1b2c3d4 a1b2c3d4e5
    a11111111 a111111111 a00000000 aaaa1111 abab1212 ab123456 ab12345678 abcabc123 abcdefg1 abcdefg123
    abcdef123 abcdef123456 as123456 as12345678 aini1314 aptx4869 blink182 google123 facebook1 linkedin
    wechat123 weixin123 weixin123456 alipay123 taobao123 taobao123456 jd123456 douyin123 huawei123
    huawei@123 xiaomi123 beijing123 beijing2008 shanghai shanghai1 shanghai123 guangzhou shenzhen
    shenzhen1 chengdu123 hangzhou chongqing nanjing1 zhongguo zhongguo1 china123 china1234 china123456
    china2008 caonima123 gongxifacai facai888 fuck1234 fuckyou1 fuckyou123 lol123456 dnf123456 minecraft
    pokemon1 naruto123 onepiece doraemon hellokitty snoopy123 chocolate butterfly elephant dolphins
    jasmine1 jessica1 ashley123 matthew1 danielle anthony1 christian nicholas jonathan victoria alexander
    benjamin elizabeth samantha stephanie patricia veronica scorpion midnight diamond1 corvette mercedes
    ferrari1 yamaha123 snowball lovelove loveyou1 loveme123 lovely123 forever1 happy123 happy2020 summer123
    summer2020 winter123 spring123 autumn123 summer2024 winter2024 spring2024 flower123 angel123 family123
    mother123 father123 sister123 brother1 password2020 password2021 password2022 password2023 password2024
    password2025 qwerty2020 nuanlin123 nuanlin1 nuanlinnuanlin nuanlin2024 nuanlin2025 nuanlin2026
    shequ123 shequ123456 tuanzhang tuanzhang123 linju123 我爱你我爱你我爱 我爱你一生一世 一二三四五六七八
    一二三四五六七八九 五二零一三一四啊 恭喜发财恭喜发财 天天向上天天向上 好好学习天天向上 我是中国人我是中国人
    """
}
