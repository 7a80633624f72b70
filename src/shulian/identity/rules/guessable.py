"""Passwords that many people have, of the length we take: too easy to guess.

The patterns of published lists of leaked passwords, Chinese keyboards and numbers included, and the
obvious ones of this software.
"""

COMMON = frozenset(
    """
    !qaz2wsx3edc !qaz@wsx3edc 0123456789 0987654321 1122334455 1212121212 1231231231
    123123123123 123123123a 1234567890 1234567891 12345678910 1234567898 1234567899
    123456789a 123456789abc 123456789q 1234567qwe 123456qwerty 12345qwert 12345qwerty
    1234abcd1234 1234qwerasdf 123qwe123qwe 123qweasd123 123qweasdzxc 1314520520 1314521521
    1472583690 147258369147 147258369a 1478523690 1593574862 159753456852 1q2w3e4r5t
    1q2w3e4r5t6y 1qaz2wsx3e 1qaz2wsx3edc 1qazxsw23edc 5201314123 5201314520 5203344520
    5211314520 9876543210 a123456789 a1b2c3d4e5 a1b2c3d4e5f6 a5201314520 aa12345678
    aa123456789 aa123456aa aaa123456789 abc1234567 abc123456789 abc123abc123 abcabc123123
    abcd123456 abcd1234567 abcde12345 abcdef1234 abcdef123456 abcdefghij abcdefghijk
    admin12345 admin123456 admin1234567 admin123admin admin@1234 admin@12345 adminadmin
    adminadmin1 administrator administrator1 aini1314520 alexander1 alexander123 asd1234567
    asd123456789 asdasd123456 asdasdasd123 asdf123456 asdfghjkl1 asdfghjkl123 asdfghjkl;
    barcelona1 baseball123 basketball basketball1 beijing123456 blink182182 butterfly1
    california california1 changeme123 changemenow changethis1 charlie123 chelsea123
    chocolate1 chocolate123 christopher computer12 computer123 demo123456 dragon1234
    elizabeth1 facebook12 facebook123 football123 google1234 guest12345 hello12345
    hello123456 iloveyou12 iloveyou123 iloveyou1234 iloveyou1314 iloveyou520 iloveyouforever
    internet12 internet123 jennifer123 jordan2323 letmein123 letmein1234 li123456789
    liverpool1 liverpool123 loveyou1314 manchester manchester1 master1234 metaverse1
    metaverse123 metaverse2022 michael123 microsoft1 monkey1234 mypassword mypassword1
    mypassword123 nihao123456 p@ssw0rd1! p@ssw0rd12 p@ssw0rd123 p@ssword123 passw0rd12
    passw0rd123 password1! password12 password123 password123! password1234 password12345
    password2023 password2024 password2025 password2026 passwordpassword pokemon123
    princess12 princess123 pudong123456 pudong2022 q123456789 q1w2e3r4t5 q1w2e3r4t5y6
    qazwsxedcrfv qazxswedc123 qq12345678 qq123456789 qq1234567890 qwe1234567 qwe123456789
    qweasdzxc1 qweasdzxc123 qweqwe123456 qwert12345 qwerty1234 qwerty12345 qwerty123456
    qwertyuiop qwertyuiop1 qwertyuiop123 root123456 rootrootroot samsung123 secret1234
    secret12345 shadow1234 shanghai123 shulian123 shulian1234 shulian12345 shulian123456
    shulianshulian strawberry sunshine123 superadmin superadmin1 superman123 superman1234
    test123456 test1234567 testtest123 testtesttest thepassword trustno123 user123456
    wang123456 washington watermelon welcome123 welcome1234 welcome12345 welcome@123
    whatever123 woaini123456 woaini1314 woaini1314520 woaini5201314 woshishen123
    woshishui123 zhang123456 zhangjiang123 zhongguo123 zxc123456789 zxcvbnm123 zxcvbnm1234
    """.split()  # noqa: SIM905  # words read as words
)
