import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * A step of the build: copies compiled classes, and makes of the lambdas and method references in
 * them the classes that they stand for.
 *
 * <p>The first time that the Java VM comes to a lambda it finds out how to make that class; even
 * where the class lies ready in an archive that takes ten times as long as to load one, and a start
 * of the daemon comes to seven hundred of them: a fifth of its time. Those of one class that are of
 * the same interface and capture the same types share one, whose objects know by a number which
 * they are: half as many are to be loaded. It is a nest mate of the class that the lambdas stand
 * in, so that it may call what is private there; a lambda that captures nothing has one object, as
 * the Java VM's own.
 *
 * <p>Usage: {@code java -cp ASM PlainLambdas.java FROM TO}.
 */
final class PlainLambdas {

  private static final String METAFACTORY = "java/lang/invoke/LambdaMetafactory";
  private static final String WHICH = "which";

  private final Map<String, ClassNode> classes = new TreeMap<>();
  private final Map<String, ClassNode> made = new TreeMap<>();
  private int count;

  private PlainLambdas() {}

  public static void main(String[] arguments) throws IOException {
    Path from = Path.of(arguments[0]);
    Path to = Path.of(arguments[1]);
    PlainLambdas lambdas = new PlainLambdas();
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files.sorted()::iterator) {
        lambdas.take(file, to.resolve(from.relativize(file)));
      }
    }
    List.copyOf(lambdas.classes.values()).forEach(lambdas::rewrite);
    lambdas.write(lambdas.classes, to);
    lambdas.write(lambdas.made, to);
    System.out.println(lambdas.count + " lambdas are " + lambdas.made.size() + " classes now");
  }

  /** Reads a class; copies any other file. */
  private void take(Path file, Path copy) throws IOException {
    if (Files.isDirectory(file)) {
      Files.createDirectories(copy);
    } else if (file.toString().endsWith(".class")) {
      ClassNode read = new ClassNode();
      new ClassReader(Files.readAllBytes(file)).accept(read, 0);
      classes.put(read.name, read);
    } else {
      Files.copy(file, copy);
    }
  }

  private void write(Map<String, ClassNode> nodes, Path to) {
    nodes.forEach(
        (name, node) -> {
          ClassWriter writer = new ClassWriter(nodes == made ? ClassWriter.COMPUTE_MAXS : 0);
          node.accept(writer);
          try {
            Files.write(to.resolve(name + ".class"), writer.toByteArray());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** Lambdas of one class that are of the same interface and capture the same types. */
  private record Alike(String name, List<InvokeDynamicInsnNode> lambdas) {

    private InvokeDynamicInsnNode first() {
      return lambdas.get(0);
    }

    private boolean isOne() {
      return lambdas.size() == 1;
    }

    private Type[] captured() {
      return Type.getArgumentTypes(first().desc);
    }

    private Type face() {
      return Type.getReturnType(first().desc);
    }

    /** What the constructor takes: which of them an object is, where there are several. */
    private String constructor() {
      String captured = Type.getMethodDescriptor(Type.VOID_TYPE, captured());
      return isOne() ? captured : "(I" + captured.substring(1);
    }
  }

  private void rewrite(ClassNode host) {
    Map<String, Alike> found = new TreeMap<>();
    for (MethodNode method : host.methods) {
      for (AbstractInsnNode each : method.instructions.toArray()) {
        if (each instanceof InvokeDynamicInsnNode lambda
            && lambda.bsm.getOwner().equals(METAFACTORY)
            && lambda.bsm.getName().equals("metafactory")) {
          String name = host.name + "$$Plain" + found.size();
          Alike alike =
              found.computeIfAbsent(
                  lambda.desc + lambda.name + lambda.bsmArgs[0],
                  any -> new Alike(name, new ArrayList<>()));
          method.instructions.set(each, instead(alike, lambda));
          alike.lambdas().add(lambda);
          count++;
        }
      }
    }
    found.values().forEach(alike -> make(host, alike));
  }

  /** The instruction that has the same effect on the stack. */
  private static AbstractInsnNode instead(Alike alike, InvokeDynamicInsnNode lambda) {
    int which = alike.lambdas().size();
    if (Type.getArgumentTypes(lambda.desc).length == 0) {
      String face = Type.getReturnType(lambda.desc).getDescriptor();
      return new FieldInsnNode(Opcodes.GETSTATIC, alike.name(), only(which), face);
    }
    return new MethodInsnNode(
        Opcodes.INVOKESTATIC, alike.name(), factory(which), lambda.desc, false);
  }

  private static String only(int which) {
    return "ONLY" + which;
  }

  private static String factory(int which) {
    return "of" + which;
  }

  private void make(ClassNode host, Alike alike) {
    ClassNode node = new ClassNode();
    node.visit(
        host.version,
        Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC,
        alike.name(),
        null,
        "java/lang/Object",
        new String[] {alike.face().getInternalName()});
    String nest = host.nestHostClass == null ? host.name : host.nestHostClass;
    node.visitNestHost(nest);
    ClassNode nestHost = classes.get(nest);
    if (nestHost.nestMembers == null) {
      nestHost.nestMembers = new ArrayList<>();
    }
    nestHost.nestMembers.add(alike.name());
    made.put(alike.name(), node);
    constructor(node, alike);
    method(node, alike);
    if (alike.captured().length == 0) {
      onlyOnes(node, alike);
    } else {
      factories(node, alike);
    }
  }

  private static void constructor(ClassNode node, Alike alike) {
    MethodVisitor code = node.visitMethod(0, "<init>", alike.constructor(), null, null);
    code.visitCode();
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
    int local = 1;
    if (!alike.isOne()) {
      local = field(node, code, WHICH, Type.INT_TYPE, local);
    }
    Type[] captured = alike.captured();
    for (int i = 0; i < captured.length; i++) {
      local = field(node, code, "c" + i, captured[i], local);
    }
    code.visitInsn(Opcodes.RETURN);
    code.visitMaxs(0, 0);
    code.visitEnd();
  }

  /** A field that the constructor sets to one of its arguments; answers where the next one is. */
  private static int field(ClassNode node, MethodVisitor code, String name, Type type, int local) {
    node.visitField(
        Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL, name, type.getDescriptor(), null, null);
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitVarInsn(type.getOpcode(Opcodes.ILOAD), local);
    code.visitFieldInsn(Opcodes.PUTFIELD, node.name, name, type.getDescriptor());
    return local + type.getSize();
  }

  private static void startToMake(MethodVisitor code, ClassNode node, Alike alike, int which) {
    code.visitTypeInsn(Opcodes.NEW, node.name);
    code.visitInsn(Opcodes.DUP);
    if (!alike.isOne()) {
      code.visitLdcInsn(which);
    }
  }

  private static void make(MethodVisitor code, ClassNode node, Alike alike) {
    code.visitMethodInsn(Opcodes.INVOKESPECIAL, node.name, "<init>", alike.constructor(), false);
  }

  /** Methods that make an object, as the call of the metafactory did. */
  private static void factories(ClassNode node, Alike alike) {
    for (int which = 0; which < alike.lambdas().size(); which++) {
      MethodVisitor code =
          node.visitMethod(Opcodes.ACC_STATIC, factory(which), alike.first().desc, null, null);
      code.visitCode();
      startToMake(code, node, alike, which);
      int local = 0;
      for (Type each : alike.captured()) {
        code.visitVarInsn(each.getOpcode(Opcodes.ILOAD), local);
        local += each.getSize();
      }
      make(code, node, alike);
      code.visitInsn(Opcodes.ARETURN);
      code.visitMaxs(0, 0);
      code.visitEnd();
    }
  }

  /** The one object of each lambda that captures nothing. */
  private static void onlyOnes(ClassNode node, Alike alike) {
    MethodVisitor code = node.visitMethod(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
    code.visitCode();
    String face = alike.face().getDescriptor();
    for (int which = 0; which < alike.lambdas().size(); which++) {
      node.visitField(Opcodes.ACC_STATIC | Opcodes.ACC_FINAL, only(which), face, null, null);
      startToMake(code, node, alike, which);
      make(code, node, alike);
      code.visitFieldInsn(Opcodes.PUTSTATIC, node.name, only(which), face);
    }
    code.visitInsn(Opcodes.RETURN);
    code.visitMaxs(0, 0);
    code.visitEnd();
  }

  /** The interface's method: looks which lambda the object is, and does what that does. */
  private static void method(ClassNode node, Alike alike) {
    InvokeDynamicInsnNode first = alike.first();
    String descriptor = ((Type) first.bsmArgs[0]).getDescriptor();
    MethodVisitor code = node.visitMethod(Opcodes.ACC_PUBLIC, first.name, descriptor, null, null);
    code.visitCode();
    if (alike.isOne()) {
      body(code, node, first);
    } else {
      Label[] starts = new Label[alike.lambdas().size()];
      Arrays.setAll(starts, any -> new Label());
      code.visitVarInsn(Opcodes.ALOAD, 0);
      code.visitFieldInsn(Opcodes.GETFIELD, node.name, WHICH, "I");
      code.visitTableSwitchInsn(0, starts.length - 1, starts[starts.length - 1], starts);
      for (int which = 0; which < starts.length; which++) {
        code.visitLabel(starts[which]);
        code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        body(code, node, alike.lambdas().get(which));
      }
    }
    code.visitMaxs(0, 0);
    code.visitEnd();
  }

  /**
   * Loads what was captured and its arguments, as the implementation wants them, and calls that.
   */
  private static void body(MethodVisitor code, ClassNode node, InvokeDynamicInsnNode lambda) {
    Type[] captured = Type.getArgumentTypes(lambda.desc);
    Type erased = (Type) lambda.bsmArgs[0];
    Handle implementation = (Handle) lambda.bsmArgs[1];
    Type instantiated = (Type) lambda.bsmArgs[2];
    boolean constructs = implementation.getTag() == Opcodes.H_NEWINVOKESPECIAL;
    if (constructs) {
      code.visitTypeInsn(Opcodes.NEW, implementation.getOwner());
      code.visitInsn(Opcodes.DUP);
    }
    List<Type> wanted = wanted(implementation);
    for (int i = 0; i < captured.length; i++) {
      code.visitVarInsn(Opcodes.ALOAD, 0);
      code.visitFieldInsn(Opcodes.GETFIELD, node.name, "c" + i, captured[i].getDescriptor());
      convert(code, captured[i], wanted.get(i));
    }
    Type[] given = erased.getArgumentTypes();
    Type[] known = instantiated.getArgumentTypes();
    int local = 1;
    for (int i = 0; i < given.length; i++) {
      code.visitVarInsn(given[i].getOpcode(Opcodes.ILOAD), local);
      convert(code, given[i], known[i]);
      convert(code, known[i], wanted.get(captured.length + i));
      local += given[i].getSize();
    }
    call(code, implementation);
    Type result = Type.getReturnType(implementation.getDesc());
    answer(
        code,
        constructs ? Type.getObjectType(implementation.getOwner()) : result,
        instantiated.getReturnType(),
        erased.getReturnType());
  }

  /** What the implementation takes, its object first. */
  private static List<Type> wanted(Handle implementation) {
    List<Type> wanted = new ArrayList<>();
    int tag = implementation.getTag();
    if (tag != Opcodes.H_INVOKESTATIC && tag != Opcodes.H_NEWINVOKESPECIAL) {
      wanted.add(Type.getObjectType(implementation.getOwner()));
    }
    wanted.addAll(List.of(Type.getArgumentTypes(implementation.getDesc())));
    return wanted;
  }

  private static void call(MethodVisitor code, Handle implementation) {
    int instruction =
        switch (implementation.getTag()) {
          case Opcodes.H_INVOKESTATIC -> Opcodes.INVOKESTATIC;
          case Opcodes.H_NEWINVOKESPECIAL -> Opcodes.INVOKESPECIAL;
          case Opcodes.H_INVOKEINTERFACE -> Opcodes.INVOKEINTERFACE;
          // a private method of a nest mate is called as any other
          case Opcodes.H_INVOKEVIRTUAL, Opcodes.H_INVOKESPECIAL ->
              implementation.isInterface() ? Opcodes.INVOKEINTERFACE : Opcodes.INVOKEVIRTUAL;
          default -> throw new IllegalStateException("no method: " + implementation);
        };
    code.visitMethodInsn(
        instruction,
        implementation.getOwner(),
        implementation.getName(),
        implementation.getDesc(),
        implementation.isInterface());
  }

  private static void answer(MethodVisitor code, Type result, Type known, Type erased) {
    if (erased.getSort() == Type.VOID) {
      if (result.getSort() != Type.VOID) {
        code.visitInsn(result.getSize() == 2 ? Opcodes.POP2 : Opcodes.POP);
      }
    } else {
      convert(code, result, known);
      convert(code, known, erased);
    }
    code.visitInsn(erased.getOpcode(Opcodes.IRETURN));
  }

  private static boolean isPrimitive(Type type) {
    return type.getSort() < Type.ARRAY;
  }

  /** As an assignment would convert, and a cast where the compiler knows more than the VM. */
  private static void convert(MethodVisitor code, Type from, Type to) {
    if (from.equals(to)) {
      return;
    }
    if (isPrimitive(from) && isPrimitive(to)) {
      widen(code, from, to);
    } else if (isPrimitive(from)) {
      Type box = box(from);
      String descriptor = Type.getMethodDescriptor(box, from);
      code.visitMethodInsn(
          Opcodes.INVOKESTATIC, box.getInternalName(), "valueOf", descriptor, false);
    } else if (isPrimitive(to)) {
      unbox(code, from, to);
    } else if (!to.getInternalName().equals("java/lang/Object")) {
      code.visitTypeInsn(Opcodes.CHECKCAST, to.getInternalName());
    }
  }

  private static void unbox(MethodVisitor code, Type from, Type to) {
    Type primitive = unboxed(from, to);
    Type box = box(primitive);
    if (!from.equals(box)) {
      code.visitTypeInsn(Opcodes.CHECKCAST, box.getInternalName());
    }
    String descriptor = Type.getMethodDescriptor(primitive);
    String name = primitive.getClassName() + "Value";
    code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, box.getInternalName(), name, descriptor, false);
    if (!primitive.equals(to)) {
      widen(code, primitive, to);
    }
  }

  /** What a box has in it; where it is not known to be one, what is wanted. */
  private static Type unboxed(Type from, Type wanted) {
    for (Type each : PRIMITIVES) {
      if (box(each).equals(from)) {
        return each;
      }
    }
    return wanted;
  }

  private static final List<Type> PRIMITIVES =
      List.of(
          Type.BOOLEAN_TYPE,
          Type.CHAR_TYPE,
          Type.BYTE_TYPE,
          Type.SHORT_TYPE,
          Type.INT_TYPE,
          Type.FLOAT_TYPE,
          Type.LONG_TYPE,
          Type.DOUBLE_TYPE);

  private static Type box(Type primitive) {
    String name =
        switch (primitive.getSort()) {
          case Type.BOOLEAN -> "Boolean";
          case Type.CHAR -> "Character";
          case Type.BYTE -> "Byte";
          case Type.SHORT -> "Short";
          case Type.INT -> "Integer";
          case Type.FLOAT -> "Float";
          case Type.LONG -> "Long";
          case Type.DOUBLE -> "Double";
          default -> throw new IllegalStateException("no primitive type: " + primitive);
        };
    return Type.getObjectType("java/lang/" + name);
  }

  private static void widen(MethodVisitor code, Type from, Type to) {
    int instruction =
        switch (from.getDescriptor() + to.getDescriptor()) {
          case "IJ", "SJ", "BJ", "CJ" -> Opcodes.I2L;
          case "IF", "SF", "BF", "CF" -> Opcodes.I2F;
          case "ID", "SD", "BD", "CD" -> Opcodes.I2D;
          case "JF" -> Opcodes.L2F;
          case "JD" -> Opcodes.L2D;
          case "FD" -> Opcodes.F2D;
          case "BS", "BI", "SI", "CI" -> Opcodes.NOP;
          default -> throw new IllegalStateException("not widened: " + from + " to " + to);
        };
    code.visitInsn(instruction);
  }
}
