/** Words from which the invented price list is made: plain generic names of medicine, made-up makers and prices. */

export const DRUG_NAMES =
  '阿莫西林 头孢克肟 布洛芬 对乙酰氨基酚 二甲双胍 氨氯地平 缬沙坦 阿托伐他汀钙 奥美拉唑 蒙脱石 氯雷他定 左氧氟沙星 阿司匹林 硝苯地平 单硝酸异山梨酯 美托洛尔 辛伐他汀 格列美脲 阿卡波糖 氯吡格雷 甲钴胺 维生素B1 维生素C 叶酸 碳酸钙D3 葡萄糖酸钙 复方丹参 银杏叶 板蓝根 藿香正气 连花清瘟 六味地黄 速效救心 云南白药 双氯芬酸钠 罗红霉素 阿奇霉素 甲硝唑 多潘立酮 乳酸菌素'.split(
    ' ',
  );

export const DRUG_FORMS: readonly (readonly [form: string, unit: string, specification: string])[] = [
  ['片', '盒', '0.25g×24片'],
  ['胶囊', '盒', '0.25g×24粒'],
  ['颗粒', '盒', '5g×12袋'],
  ['分散片', '盒', '0.1g×10片'],
  ['缓释片', '盒', '30mg×14片'],
  ['口服溶液', '瓶', '100ml'],
  ['注射液', '支', '2ml:0.1g'],
];

export const SERVICE_NAMES =
  '普通门诊诊察 专家门诊诊察 急诊诊察 静脉输液 肌肉注射 皮下注射 静脉采血 换药 清创缝合 导尿 雾化吸入 吸氧 心电图 动态心电图 血压监测 彩色多普勒超声 腹部超声 胸部X线摄影 头颅CT平扫 胸部CT平扫 磁共振平扫 血常规 尿常规 肝功能 肾功能 血糖测定 糖化血红蛋白测定 血脂测定 凝血功能 甲状腺功能 幽门螺杆菌检测 胃镜检查 肠镜检查 针刺 艾灸 推拿 拔罐 康复训练 口腔检查 洁牙 视力检查 眼压测量 听力检查 一级护理 二级护理 三级护理 普通床位 监护床位'.split(
    ' ',
  );

export const SERVICE_PLACES = ['', '（加急）', '（床旁）', '（儿童）'] as const;

export const CONSUMABLE_NAMES =
  '一次性使用注射器 一次性使用输液器 静脉留置针 医用敷贴 医用纱布 医用棉签 弹力绷带 医用胶带 导尿包 引流袋 吸痰管 氧气鼻导管 雾化面罩 血糖试纸 采血针 真空采血管 缝合线 可吸收止血纱布 骨科外固定支具 造口袋'.split(
    ' ',
  );

export const CONSUMABLE_MODELS = ['A型 小号', 'A型 中号', 'A型 大号', 'B型 普通', 'B型 加长'] as const;

export const MAKERS = ['演示制药一厂', '演示制药二厂', '示例药业', '虚构医药'] as const;
export const DEVICE_MAKERS = ['演示医疗器械一厂', '示例器械', '虚构医材'] as const;
